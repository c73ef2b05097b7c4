import { join } from 'node:path';
import type { ApiClient } from '../api-client/api-client.js';
import { type CheckedTable, checkTable } from '../csv/check-table.js';
import { Failure } from '../failure.js';
import { columnsOf, type FileMapping, type Mapping, pipelineExternalId, referredTypes } from '../mapping/mapping.js';
import type { Progress } from '../progress/progress.js';
import { FileImport, type FileImportOptions } from './file-import.js';
import { FileLinks, hasLinks } from './file-links.js';
import { RecordWriter } from './record-writer.js';
import { References } from './references.js';
import { RefusalFile } from './refusals.js';
import { Tally } from './tally.js';

export interface ImportRequest {
  readonly folder: string;
  readonly mapping: Mapping;
  /** Where the CSV file of refusals goes, if there are any. */
  readonly refusedFile: string;
}

export interface ImportSurroundings {
  readonly client: ApiClient;
  readonly progress: Progress;
  /** Aborted to stop: what is in flight is finished. */
  readonly stop: AbortSignal;
  /** Told what has become of the rows, however the import ends. */
  readonly report: (tallies: readonly Tally[]) => void;
}

/**
 * Imports the files of a mapping, in its order. Every file is checked before anything is sent.
 *
 * @returns how many rows were refused, or imported without a link
 * @throws Failure when nothing could be begun, or the server is lost; Interrupted when it was stopped. The same
 *   import again goes on where this one ended.
 */
export async function runImport(request: ImportRequest, surroundings: ImportSurroundings): Promise<number> {
  const { mapping, folder } = request;
  const { client, report } = surroundings;
  const checked = await Promise.all(mapping.files.map((file) => check(folder, file)));
  await client.greet();
  const refusals = new RefusalFile(request.refusedFile);
  const references = new References(client, referredTypes(mapping));
  const tallies: Tally[] = [];
  try {
    await makePipelines(mapping, client, references);
    for (const { fileMapping, table } of checked) {
      const tally = new Tally(fileMapping.file, fileMapping.type);
      tallies.push(tally);
      const refuse = refusals.add.bind(refusals);
      await importFile({ ...surroundings, references, mapping, fileMapping, table, tally, refuse });
    }
    return refusals.count;
  } finally {
    refusals.close();
    surroundings.progress.end();
    report(tallies);
  }
}

async function check(
  folder: string,
  fileMapping: FileMapping,
): Promise<{ fileMapping: FileMapping; table: CheckedTable }> {
  const file = { path: join(folder, fileMapping.file), delimiter: fileMapping.delimiter };
  return { fileMapping, table: await checkTable(file, columnsOf(fileMapping)) };
}

async function importFile(options: FileImportOptions): Promise<void> {
  options.progress.begin(options.fileMapping.file, options.table.rows, 'rows');
  await new FileImport(options).run();
  if (hasLinks(options.fileMapping)) await new FileLinks(options).run();
}

async function makePipelines(mapping: Mapping, client: ApiClient, references: References): Promise<void> {
  const writer = new RecordWriter(client, mapping.name, 'pipelines');
  const wanted = mapping.pipelines.map(({ key, name, appliesTo, stages }) => ({
    externalId: pipelineExternalId(mapping, key),
    fields: { name, appliesTo, stages: stages.map((stage) => ({ ...stage })) },
  }));
  const outcomes = wanted.length === 0 ? [] : await writer.write(wanted);
  for (const [index, { externalId, fields }] of wanted.entries()) {
    const outcome = outcomes[index];
    if (outcome?.kind === 'deleted') throw new Failure(`the pipeline "${fields.name}" was deleted: restore it first`);
    if (outcome?.kind === 'refused') throw new Failure(`the pipeline "${fields.name}" is refused: ${outcome.reason}`);
    if (outcome !== undefined) references.note('pipelines', externalId, outcome.id);
  }
}
