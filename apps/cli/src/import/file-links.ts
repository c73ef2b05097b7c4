import { basename } from 'node:path';
import { readRows, type TableRow } from '../csv/table.js';
import { RowRefused } from '../mapping/cells.js';
import { type RowReference, rowMapper } from '../mapping/map-row.js';
import { type FileImportOptions, GROUPS_IN_FLIGHT, leadsNowhere } from './file-import.js';
import { eachInFlight } from './in-flight.js';
import { RecordWriter } from './record-writer.js';

interface LinkedRow {
  readonly line: number;
  readonly externalId: string;
  readonly links: readonly RowReference[];
}

/**
 * Sets the references among the rows of one file (a parent account), in a second reading of it: whatever the order of
 * the rows, all their records are there by then, and nothing had to be kept in memory.
 */
export class FileLinks {
  private readonly writer: RecordWriter;
  private readonly map: ReturnType<typeof rowMapper>;

  constructor(private readonly options: FileImportOptions) {
    const { client, mapping, fileMapping, table } = options;
    this.writer = new RecordWriter(client, mapping.name, fileMapping.type);
    this.map = rowMapper(fileMapping, mapping.timeZone, table.header);
  }

  async run(): Promise<void> {
    const { table, stop } = this.options;
    await eachInFlight(readRows(table, table.header), { limit: GROUPS_IN_FLIGHT, stop }, (group) => this.link(group));
  }

  private async link(group: readonly TableRow[]): Promise<void> {
    const { client, references, fileMapping } = this.options;
    const rows = group.flatMap((row) => this.linksOf(row) ?? []);
    const resolved = await references.resolve(rows.flatMap(({ links }) => links));
    const records = await client.findByExternalId(
      fileMapping.type,
      rows.map(({ externalId }) => externalId),
      { seeOwnWrites: true },
    );
    const byExternalId = new Map(records.map((record) => [record.members.externalId, record]));
    await Promise.all(
      rows.map(async (row) => {
        const record = byExternalId.get(row.externalId);
        // A row that was refused, or whose record was deleted, is counted as such already.
        if (record === undefined) return;
        const missing = row.links.find((link) => resolved.idOf(link) === undefined);
        if (missing !== undefined) return this.notLinked(row, leadsNowhere(missing));
        const ids = row.links.map((link) => [link.field, resolved.idOf(link) ?? null] as const);
        const outcome = await this.writer.bringTo(record, Object.fromEntries(ids));
        if (outcome.kind === 'refused') this.notLinked(row, outcome.reason);
        if (outcome.kind === 'updated') this.options.tally.linked += 1;
      }),
    );
  }

  private linksOf(row: TableRow): LinkedRow | undefined {
    if ('refused' in row) return undefined;
    try {
      const { externalId, references } = this.map(row.cells);
      const links = references.filter(({ type }) => type === this.options.fileMapping.type);
      return links.length === 0 ? undefined : { line: row.line, externalId, links };
    } catch (error) {
      if (error instanceof RowRefused) return undefined;
      throw error;
    }
  }

  private notLinked({ line, externalId }: LinkedRow, reason: string): void {
    const { tally, refuse, table } = this.options;
    tally.notLinked += 1;
    refuse({ file: basename(table.path), line, externalId, reason: `imported, but without a link: ${reason}` });
  }
}

/** Whether the rows of a file refer to records of their own type. */
export function hasLinks({ type, fields }: FileImportOptions['fileMapping']): boolean {
  return fields.some(({ target }) => target.kind === 'reference' && target.to === type);
}
