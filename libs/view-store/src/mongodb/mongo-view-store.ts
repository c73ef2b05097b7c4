import { ViewsMovedOn } from '../errors.js';
import type { Schema } from '../view.js';
import type { ViewBatch, ViewBuild } from '../view-store.js';
import type { Collections } from './collections.js';
import { MongoViewReader } from './mongo-view-reader.js';
import { Partitions, type PendingBatch } from './partitions.js';
import { performWrites, type Recorders } from './perform-writes.js';
import { documentRecords } from './records.js';
import { Redo } from './redo.js';
import { type Writes, writesOf } from './writes.js';

/**
 * Reads and writes one generation of the views. Several processes may, each its partitions of the log; should two of
 * them write the same one, the batches of one are refused.
 *
 * A batch is many records, which MongoDB does not write at once without a replica set's transactions. So what it writes
 * is first stored in one place, the redo record; then it is decided, by one write to its partition that names what it
 * must find; then its values are written, in any order; then the checkpoint moves. Whoever finds a batch decided and not
 * written, after a crash, writes it from the redo record.
 */
export class MongoViewStore extends MongoViewReader implements ViewBuild {
  readonly #partitions: Partitions;
  readonly #redo: Redo;
  readonly #recorders: Recorders;
  /** By partition, the last batch that is not written yet. */
  readonly #underWay = new Map<number, Promise<void>>();
  /** By tenant, the partition that is stored. */
  readonly #tenants = new Map<string, number>();

  constructor(collections: Collections, schema: Schema) {
    super(collections, schema);
    this.#partitions = new Partitions(collections.partitions);
    this.#redo = new Redo(collections.redo);
    this.#recorders = new Map([...this.layout.views].map(([name, layout]) => [name, documentRecords(layout)]));
  }

  /** Batches of one partition are written in turn; the redo record of the next is stored meanwhile. */
  apply(batch: ViewBatch): Promise<void> {
    const { partition } = batch.checkpoint;
    const written = this.#write(batch, this.#underWay.get(partition));
    this.#underWay.set(partition, written);
    const forget = () => {
      if (this.#underWay.get(partition) === written) this.#underWay.delete(partition);
    };
    written.then(forget, forget);
    return written;
  }

  async #write(batch: ViewBatch, before: Promise<void> | undefined): Promise<void> {
    const writes = writesOf(this.layout, batch);
    const { partition, after, position } = batch.checkpoint;
    const pending = await this.#redo.store(partition, after, position, writes);
    // It was made from what that one was to write. A redo record that is left behind goes with the next batch.
    await before;
    if (!(await this.#partitions.claim(partition, after, pending))) {
      await this.#redo.remove(pending);
      throw new ViewsMovedOn(partition, after);
    }
    await this.#complete(partition, after, pending, writes);
  }

  /** Nothing was left: the indexes are made when a generation is opened. */
  async complete(): Promise<void> {}

  override async checkpoint(partition: number): Promise<number> {
    for (let lost: string | undefined; ; ) {
      const stored = await this.#partitions.find(partition);
      if (stored?.pending === undefined) return stored?.position ?? 0;
      const { pending } = stored;
      const writes = await this.#redo.find(pending);
      if (writes) await this.#complete(partition, stored.position, pending, writes);
      // Whoever has written the batch has removed the redo record, and moved the checkpoint before.
      else if (lost === pending.batch) throw new Error(`the redo record ${lost} is lost: the views must be made anew`);
      else lost = pending.batch;
    }
  }

  async #complete(partition: number, after: number, pending: PendingBatch, writes: Writes): Promise<void> {
    await Promise.all([
      performWrites(this.collections, this.#recorders, after, writes),
      this.#storeTenants(partition, new Set([...writes.documents, ...writes.cells].map(({ tenant }) => tenant))),
    ]);
    await this.#partitions.finish(partition, pending);
    await this.#redo.removeBelow(partition, pending.position);
  }

  /** Most batches have no tenant that is new. */
  async #storeTenants(partition: number, tenants: ReadonlySet<string>): Promise<void> {
    const changed = [...tenants].filter((tenant) => this.#tenants.get(tenant) !== partition);
    if (changed.length === 0) return;
    await this.collections.tenants.bulkWrite(
      changed.map((_id) => ({ updateOne: { filter: { _id }, update: { $set: { partition } }, upsert: true } })),
      { ordered: false },
    );
    for (const tenant of changed) this.#tenants.set(tenant, partition);
  }
}
