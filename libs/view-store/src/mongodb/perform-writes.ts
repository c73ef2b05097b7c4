import { type AnyBulkWriteOperation, type Collection, MongoBulkWriteError } from 'mongodb';
import type { Collections } from './collections.js';
import { DUPLICATE_KEY } from './partitions.js';
import { type CellRecord, cellRecord, type DocumentRecord } from './records.js';
import type { DocumentWrite, Writes } from './writes.js';

/** Prepares what is stored of a document of each view, by view. */
export type Recorders = ReadonlyMap<string, (write: DocumentWrite) => DocumentRecord>;

/**
 * Writes the values of a decided batch, each unless a later one is there. May be done any number of times, by several
 * processes at once, and long after: nothing depends on what is there but the position.
 */
export async function performWrites(
  collections: Collections,
  recorders: Recorders,
  { documents, cells }: Writes,
): Promise<void> {
  const byView = new Map<string, DocumentRecord[]>();
  for (const write of documents) {
    const record = recorders.get(write.view)?.(write);
    // A batch with anything that is not declared is never decided.
    if (record === undefined) throw new Error(`no view ${write.view}`);
    const records = byView.get(write.view);
    if (records) records.push(record);
    else byView.set(write.view, [record]);
  }
  await Promise.all([
    ...[...byView].map(([view, records]) => replace(collections.view(view), records)),
    replace(collections.cells, cells.map(cellRecord)),
  ]);
}

type PositionedRecord = DocumentRecord | CellRecord;

async function replace<T extends PositionedRecord>(
  collection: Collection<T>,
  records: readonly PositionedRecord[],
): Promise<void> {
  if (records.length === 0) return;
  const operations = records.map(({ _id, ...replacement }) => ({
    replaceOne: { filter: { _id, position: { $lt: replacement.position } }, replacement, upsert: true },
  }));
  try {
    // The driver's types cannot relate a filter to a record whose type is open.
    await collection.bulkWrite(operations as unknown as AnyBulkWriteOperation<T>[], { ordered: false });
  } catch (error) {
    if (!isOnlyLater(error)) throw error;
  }
}

/**
 * An upsert that finds no record of a lower position inserts one, and fails where there is one of the same or a higher
 * position: that is what is wanted. (Nobody else inserts a record of a lower position meanwhile: a batch is decided only
 * when all before it are written.)
 */
function isOnlyLater(error: unknown): boolean {
  if (!(error instanceof MongoBulkWriteError) || error.result.getWriteConcernError() !== undefined) return false;
  const errors = Array.isArray(error.writeErrors) ? error.writeErrors : [error.writeErrors];
  return errors.length > 0 && errors.every(({ code }) => code === DUPLICATE_KEY);
}
