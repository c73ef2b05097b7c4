import { type BackOff, type EventFeed, type Setback, steadily } from '@sillage/event-feed';
import type { ViewStore } from '@sillage/view-store';
import type { PoisonEvent } from '../views/parked.js';
import type { Bounds } from './stretches.js';
import { Progress, type ViewProgress } from './view-progress.js';
import { ViewWriter } from './view-writer.js';

/** What a projector has to say to its operator. */
export type ProjectorNotice = Setback | { readonly kind: 'parked'; readonly event: PoisonEvent };

export interface ProjectorOptions {
  readonly feed: EventFeed;
  readonly store: ViewStore;
  /** Of the feed; 0 where there is only one. */
  readonly partition?: number;
  readonly bounds?: Bounds;
  readonly log: (notice: ProjectorNotice) => void;
  readonly backOff?: BackOff;
}

/**
 * Events gather for so many milliseconds between two batches, unless somebody waits to read: what a transaction costs
 * is then spread over more of them. The first event after a quiet time is folded at once.
 */
const GATHERING_MS = 50;

/** Keeps the views of one partition up with its log. */
export class Projector implements ViewProgress {
  private readonly progress = new Progress();

  constructor(private readonly options: ProjectorOptions) {}

  /** Every event up to here is in the views; 0 until `run` has read the checkpoint. */
  get position(): number {
    return this.progress.position;
  }

  waitFor(tenant: string, position: number, timeoutMs: number): Promise<boolean> {
    return this.progress.waitFor(tenant, position, timeoutMs);
  }

  /** Resolves once every event up to here is in the views. */
  reach(position: number): Promise<void> {
    if (this.position >= position) return Promise.resolve();
    return new Promise((resolve) => {
      const stop = this.onAdvance((reached) => {
        if (reached < position) return;
        stop();
        resolve();
      });
    });
  }

  /** Calls back with each new position. Gives the way to stop that. */
  onAdvance(listener: (position: number) => void): () => void {
    return this.progress.onAdvance(listener);
  }

  /**
   * Follows the log from the checkpoint until aborted; resolves then, with everything it began written. A failure of the
   * feed or the store is told, and followed by a new start from the checkpoint.
   */
  async run(signal: AbortSignal): Promise<void> {
    const { log, backOff } = this.options;
    await steadily({ signal, tell: log, backOff, work: (written) => this.follow(signal, written) });
  }

  private async follow(signal: AbortSignal, written: (position: number) => void): Promise<void> {
    const { feed, store, partition = 0, bounds, log } = this.options;
    const writer = await ViewWriter.open(store, partition, bounds);
    this.progress.advance(writer.position);
    for await (const batch of feed.follow({ after: writer.position, signal })) {
      for await (const { position, poison } of writer.write(batch)) {
        written(position);
        this.progress.advance(position);
        for (const event of poison) log({ kind: 'parked', event });
        if (signal.aborted) return;
      }
      await this.progress.lull(GATHERING_MS);
    }
  }
}
