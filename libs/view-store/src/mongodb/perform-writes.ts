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
 * @param after where the batch begins
 */
export async function performWrites(
  collections: Collections,
  recorders: Recorders,
  after: number,
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
    ...[...byView].map(([view, records]) =>
      write(
        collections.view(view),
        records.map((record) => (record.ordinal > after ? insertion(record) : replacement(record))),
      ),
    ),
    write(collections.cells, cells.map(cellRecord).map(replacement)),
  ]);
}

type Operation<Stored extends DocumentRecord | CellRecord> =
  | { readonly insertOne: { readonly document: Stored } }
  | { readonly replaceOne: { readonly filter: object; readonly replacement: object; readonly upsert: true } };

/** Of a document that begins in the batch: none before it can have written it, so there is nothing to look for. */
function insertion(document: DocumentRecord): Operation<DocumentRecord> {
  return { insertOne: { document } };
}

function replacement<Stored extends DocumentRecord | CellRecord>({ _id, ...rest }: Stored): Operation<Stored> {
  return { replaceOne: { filter: { _id, position: { $lt: rest.position } }, replacement: rest, upsert: true } };
}

async function write<Stored extends DocumentRecord | CellRecord>(
  collection: Collection<Stored>,
  operations: readonly Operation<Stored>[],
): Promise<void> {
  if (operations.length === 0) return;
  try {
    // The driver's types cannot relate a filter to a record whose type is open.
    await collection.bulkWrite(operations as unknown as AnyBulkWriteOperation<Stored>[], { ordered: false });
  } catch (error) {
    if (!isOnlyLater(error)) throw error;
  }
}

/**
 * An upsert that finds no record of a lower position inserts one. It fails, as any insertion does, where there is one of
 * the same or a higher position: that is what is wanted. (Nobody else inserts a record of a lower position meanwhile: a
 * batch is decided only when all before it are written.)
 */
function isOnlyLater(error: unknown): boolean {
  if (!(error instanceof MongoBulkWriteError) || error.result.getWriteConcernError() !== undefined) return false;
  const errors = Array.isArray(error.writeErrors) ? error.writeErrors : [error.writeErrors];
  return errors.length > 0 && errors.every(({ code }) => code === DUPLICATE_KEY);
}
