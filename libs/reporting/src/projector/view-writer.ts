import { setImmediate } from 'node:timers/promises';
import type { FeedBatch } from '@sillage/event-feed';
import type { ViewStore } from '@sillage/view-store';
import type { PoisonEvent } from '../views/parked.js';
import { projectBatch } from './project-batch.js';
import { type Bounds, DEFAULT_BOUNDS, stretches } from './stretches.js';

/** What folding needs of a view store. */
export type FoldedViews = Pick<ViewStore, 'get' | 'getCells' | 'checkpoint' | 'apply'>;

/** What was written. */
export interface WrittenStretch {
  /** The views' new position. */
  readonly position: number;
  readonly events: number;
  /** Events of the stretch that could not be folded: their records are parked. */
  readonly poison: readonly PoisonEvent[];
}

/** Brings the views of one partition forward, stretch by stretch, from where they are. */
export class ViewWriter {
  private constructor(
    private readonly store: FoldedViews,
    private readonly partition: number,
    private readonly bounds: Bounds,
    private reached: number,
  ) {}

  /** Begins behind the stored checkpoint. */
  static async open(store: FoldedViews, partition: number, bounds: Bounds = DEFAULT_BOUNDS): Promise<ViewWriter> {
    return new ViewWriter(store, partition, bounds, await store.checkpoint(partition));
  }

  /** Every event up to here is in the views. */
  get position(): number {
    return this.reached;
  }

  /**
   * Folds what a feed gave. After a failure what was not written must be given again, to a writer opened anew.
   * @throws ViewsMovedOn when another projector of the partition has written meanwhile.
   */
  async *write(batch: FeedBatch): AsyncIterable<WrittenStretch> {
    for (const { events, position } of stretches(batch, this.reached, this.bounds)) {
      const checkpoint = { partition: this.partition, after: this.reached, position };
      const projected = await projectBatch(this.store, events, checkpoint);
      await this.store.apply(projected.batch);
      this.reached = position;
      yield { position, events: events.length, poison: projected.poison };
      // The thread is shared with queries, and a store in this process answers without ever leaving it.
      await setImmediate();
    }
  }
}
