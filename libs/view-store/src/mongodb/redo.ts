import { randomUUID } from 'node:crypto';
import type { Collection } from 'mongodb';
import type { PendingBatch } from './partitions.js';
import type { CellWrite, DocumentWrite, Writes } from './writes.js';

/** A part of what a batch writes. */
export interface RedoRecord {
  /** `<batch>/<number of the part>` */
  readonly _id: string;
  readonly partition: number;
  /** Where the batch begins. */
  readonly after: number;
  readonly documents: readonly DocumentWrite[];
  readonly cells: readonly CellWrite[];
}

/** MongoDB takes records of 16 MiB; no write alone comes near. In bytes, estimated. */
const LARGEST_PART = 8 * 1024 * 1024;

/** Of the members' names and the numbers of one write, about. */
const OVERHEAD = 200;

/**
 * The redo records of a generation. One counts for nothing until its batch is decided: it may have been left behind by a
 * batch that never was.
 */
export class Redo {
  constructor(private readonly collection: Collection<RedoRecord>) {}

  /** Stores what a batch is about to write. */
  async store(partition: number, after: number, position: number, writes: Writes): Promise<PendingBatch> {
    const batch = randomUUID();
    const parts = partsOf(writes);
    await this.collection.insertMany(
      parts.map((part, number) => ({ _id: partId(batch, number), partition, after, ...part })),
    );
    return { batch, parts: parts.length, position };
  }

  /** What a decided batch writes; undefined when it has been removed, because the batch is in the views. */
  async find({ batch, parts }: PendingBatch): Promise<Writes | undefined> {
    const _ids = Array.from({ length: parts }, (_, number) => partId(batch, number));
    const found = await this.collection.find({ _id: { $in: _ids } }).toArray();
    if (found.length < parts) return undefined;
    return { documents: found.flatMap(({ documents }) => documents), cells: found.flatMap(({ cells }) => cells) };
  }

  /** Removes what begins below a partition's checkpoint: it is in the views, or can never be decided any more. */
  async removeBelow(partition: number, position: number): Promise<void> {
    await this.collection.deleteMany({ partition, after: { $lt: position } });
  }

  async remove({ batch, parts }: PendingBatch): Promise<void> {
    const _ids = Array.from({ length: parts }, (_, number) => partId(batch, number));
    await this.collection.deleteMany({ _id: { $in: _ids } });
  }
}

function partId(batch: string, number: number): string {
  return `${batch}/${number}`;
}

/** Cuts writes into parts of bounded size; at least one. */
function partsOf({ documents, cells }: Writes): readonly Writes[] {
  const parts: { documents: DocumentWrite[]; cells: CellWrite[] }[] = [];
  let left = 0;
  const partFor = (size: number) => {
    if (size > left || parts.length === 0) {
      parts.push({ documents: [], cells: [] });
      left = LARGEST_PART;
    }
    left -= size;
    return parts[parts.length - 1];
  };
  for (const document of documents) partFor(sizeOf(document.document, document.id))?.documents.push(document);
  for (const cell of cells) partFor(sizeOf(cell.measures ?? '', ...cell.dimensions))?.cells.push(cell);
  return parts.length === 0 ? [{ documents, cells }] : parts;
}

function sizeOf(...texts: readonly (string | null)[]): number {
  return texts.reduce((size, text) => size + Buffer.byteLength(text ?? ''), OVERHEAD);
}
