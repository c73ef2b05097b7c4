import { basename } from 'node:path';
import type { ApiClient } from '../api-client/api-client.js';
import type { CheckedTable } from '../csv/check-table.js';
import { readRows, type TableRow } from '../csv/table.js';
import { RowRefused } from '../mapping/cells.js';
import { type MappedRow, type RowReference, rowMapper } from '../mapping/map-row.js';
import type { FileMapping, Mapping } from '../mapping/mapping.js';
import type { Progress } from '../progress/progress.js';
import { eachInFlight } from './in-flight.js';
import { type Outcome, RecordWriter, type WantedRecord } from './record-writer.js';
import type { References } from './references.js';
import type { Refusal } from './refusals.js';
import { SeenIds } from './seen-ids.js';
import type { Tally } from './tally.js';

/** Groups of up to 200 rows whose requests are under way at the same time. */
export const GROUPS_IN_FLIGHT = 4;

export interface FileImportOptions {
  readonly client: ApiClient;
  readonly references: References;
  readonly mapping: Mapping;
  readonly fileMapping: FileMapping;
  readonly table: CheckedTable;
  readonly tally: Tally;
  readonly progress: Progress;
  readonly stop: AbortSignal;
  readonly refuse: (refusal: Refusal) => void;
}

/** A row that can be sent once its references are resolved. */
interface ReadRow extends MappedRow {
  readonly line: number;
}

/** Imports the rows of one file. References among its own rows are left to {@link FileLinks}. */
export class FileImport {
  private readonly writer: RecordWriter;
  private readonly seen = new SeenIds();
  private readonly map: ReturnType<typeof rowMapper>;

  constructor(private readonly options: FileImportOptions) {
    const { client, mapping, fileMapping, table } = options;
    this.writer = new RecordWriter(client, mapping.name, fileMapping.type);
    this.map = rowMapper(fileMapping, mapping.timeZone, table.header);
  }

  async run(): Promise<void> {
    const { client, fileMapping, table, progress, stop } = this.options;
    const nothingThere = !(await client.hasExternalIds(fileMapping.type));
    await eachInFlight(readRows(table, table.header), { limit: GROUPS_IN_FLIGHT, stop }, async (group) => {
      await this.importGroup(group, { nothingThere });
      progress.advance(group.length);
    });
  }

  private async importGroup(group: readonly TableRow[], options: { readonly nothingThere: boolean }): Promise<void> {
    const rows = group.flatMap((row) => this.read(row) ?? []);
    const sent = await this.withReferences(rows);
    const outcomes = await this.writer.write(
      sent.map(({ wanted }) => wanted),
      options,
    );
    for (const [index, { row }] of sent.entries()) {
      const outcome = outcomes[index];
      if (outcome !== undefined) this.count(row, outcome);
    }
  }

  private read(row: TableRow): ReadRow | undefined {
    if ('refused' in row) return this.refuse(row.line, undefined, row.refused);
    try {
      const mapped = this.map(row.cells);
      if (this.seen.add(mapped.externalId)) return { ...mapped, line: row.line };
      return this.refuse(row.line, mapped.externalId, 'an earlier row of the file has the same external id');
    } catch (error) {
      if (error instanceof RowRefused) return this.refuse(row.line, undefined, error.message);
      throw error;
    }
  }

  private async withReferences(rows: readonly ReadRow[]): Promise<readonly { row: ReadRow; wanted: WantedRecord }[]> {
    const { references, fileMapping } = this.options;
    const others = (row: ReadRow) => row.references.filter(({ type }) => type !== fileMapping.type);
    const resolved = await references.resolve(rows.flatMap(others));
    return rows.flatMap((row) => {
      const missing = others(row).find((reference) => resolved.idOf(reference) === undefined);
      if (missing !== undefined) return this.refuse(row.line, row.externalId, leadsNowhere(missing)) ?? [];
      const ids = others(row).map((reference) => [reference.field, resolved.idOf(reference) ?? null] as const);
      return [{ row, wanted: { externalId: row.externalId, fields: { ...row.fields, ...Object.fromEntries(ids) } } }];
    });
  }

  private count({ line, externalId }: ReadRow, outcome: Outcome): void {
    const { references, fileMapping, tally } = this.options;
    if (outcome.kind === 'refused') {
      this.refuse(line, externalId, outcome.reason);
      return;
    }
    tally.rows[outcome.kind] += 1;
    if (outcome.kind !== 'deleted') references.note(fileMapping.type, externalId, outcome.id);
  }

  private refuse(line: number, externalId: string | undefined, reason: string): undefined {
    const { tally, refuse, table } = this.options;
    tally.rows.refused += 1;
    refuse({ file: basename(table.path), line, externalId, reason });
  }
}

export function leadsNowhere({ field, type, externalId }: RowReference): string {
  return `${field}: "${externalId}" is not the external id of any of the ${type}`;
}
