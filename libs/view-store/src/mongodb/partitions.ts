import { type Collection, MongoServerError } from 'mongodb';

/** A batch that has been decided: it is in the views, or will be once its redo record is applied. */
export interface PendingBatch {
  /** Names its redo record. */
  readonly batch: string;
  /** How many parts that has. */
  readonly parts: number;
  readonly position: number;
}

/** A partition of the log: up to where its events are in the views, and the batch that is being written, if any. */
export interface PartitionRecord {
  readonly _id: number;
  readonly position: number;
  readonly pending?: PendingBatch;
}

export const DUPLICATE_KEY = 11_000;

/** The checkpoints of a generation. Each step of one is a single write that names what it must find. */
export class Partitions {
  constructor(private readonly collection: Collection<PartitionRecord>) {}

  /** Undefined before the first batch. */
  async find(partition: number): Promise<PartitionRecord | undefined> {
    return (await this.collection.findOne({ _id: partition })) ?? undefined;
  }

  /** Decides for a batch that begins at `after`. False when the partition is elsewhere, or another batch is decided. */
  async claim(partition: number, after: number, pending: PendingBatch): Promise<boolean> {
    try {
      const { matchedCount, upsertedCount } = await this.collection.updateOne(
        { _id: partition, position: after, pending: { $exists: false } },
        { $set: { pending } },
        // Before the first batch there is nothing to find.
        { upsert: after === 0 },
      );
      return matchedCount + upsertedCount > 0;
    } catch (error) {
      if (error instanceof MongoServerError && error.code === DUPLICATE_KEY) return false;
      throw error;
    }
  }

  /** Moves the checkpoint to the end of a decided batch, unless somebody else has. */
  async finish(partition: number, { batch, position }: PendingBatch): Promise<void> {
    await this.collection.updateOne(
      { _id: partition, 'pending.batch': batch },
      { $set: { position }, $unset: { pending: '' } },
    );
  }
}
