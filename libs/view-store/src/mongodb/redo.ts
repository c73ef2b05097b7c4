import { randomUUID } from 'node:crypto';
import { Binary, type Collection } from 'mongodb';
import type { PendingBatch } from './partitions.js';
import type { CellWrite, DocumentWrite, Writes } from './writes.js';

/** A part of what a batch writes. */
export interface RedoRecord {
  /** `<batch>/<number of the part>` */
  readonly _id: string;
  readonly partition: number;
  /** Where the batch begins. */
  readonly after: number;
  /**
   * A JSON array of writes. Nothing is ever found by what is in it, so it is bytes to the server, which then need not take
   * thousands of records apart that it only keeps for a moment.
   */
  readonly writes: Binary;
}

/** MongoDB takes records of 16 MiB; no write alone comes near. In bytes. */
const LARGEST_PART = 8 * 1024 * 1024;

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
      parts.map((part, number) => ({ _id: partId(batch, number), partition, after, writes: new Binary(part) })),
    );
    return { batch, parts: parts.length, position };
  }

  /** What a decided batch writes; undefined when it has been removed, because the batch is in the views. */
  async find({ batch, parts }: PendingBatch): Promise<Writes | undefined> {
    const _ids = Array.from({ length: parts }, (_, number) => partId(batch, number));
    const found = await this.collection.find({ _id: { $in: _ids } }).toArray();
    if (found.length < parts) return undefined;
    const writes = found.flatMap(({ writes }): Write[] => JSON.parse(Buffer.from(writes.value()).toString()));
    return { documents: writes.filter(isOfDocument), cells: writes.filter(isOfCell) };
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

type Write = DocumentWrite | CellWrite;

function isOfDocument(write: Write): write is DocumentWrite {
  return 'view' in write;
}

function isOfCell(write: Write): write is CellWrite {
  return 'cube' in write;
}

/** Encodes writes in parts of bounded size; at least one. */
function partsOf({ documents, cells }: Writes): readonly Buffer[] {
  const parts: string[][] = [[]];
  let left = LARGEST_PART;
  for (const write of [...documents, ...cells]) {
    const text = JSON.stringify(write);
    const size = Buffer.byteLength(text) + SEPARATOR;
    if (size > left && left < LARGEST_PART) {
      parts.push([]);
      left = LARGEST_PART;
    }
    left -= size;
    parts.at(-1)?.push(text);
  }
  return parts.map((texts) => Buffer.from(`[${texts.join(',')}]`));
}

/** Bytes between two writes. */
const SEPARATOR = 1;
