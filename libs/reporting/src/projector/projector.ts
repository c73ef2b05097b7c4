import { setTimeout } from 'node:timers/promises';
import type { EventFeed } from '@sillage/event-feed';
import type { ViewStore } from '@sillage/view-store';
import type { PoisonEvent } from '../views/parked.js';
import type { Bounds } from './stretches.js';
import { Progress, type ViewProgress } from './view-progress.js';
import { ViewWriter } from './view-writer.js';

/** What a projector has to say to its operator. */
export type ProjectorNotice =
  | { readonly kind: 'failed'; readonly error: unknown; readonly retryInMs: number }
  | { readonly kind: 'recovered'; readonly position: number }
  | { readonly kind: 'parked'; readonly event: PoisonEvent };

export interface ProjectorOptions {
  readonly feed: EventFeed;
  readonly store: ViewStore;
  /** Of the feed; 0 where there is only one. */
  readonly partition?: number;
  readonly bounds?: Bounds;
  readonly log: (notice: ProjectorNotice) => void;
  /** How long to wait after a failure, in milliseconds: doubled with each further one, up to `most`. */
  readonly backOff?: { readonly first: number; readonly most: number };
}

/**
 * Events gather for so many milliseconds between two batches, unless somebody waits to read: what a transaction costs
 * is then spread over more of them. The first event after a quiet time is folded at once.
 */
const GATHERING_MS = 50;

const BACK_OFF = { first: 100, most: 10_000 };

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

  /** Calls back with each new position. Gives the way to stop that. */
  onAdvance(listener: (position: number) => void): () => void {
    return this.progress.onAdvance(listener);
  }

  /**
   * Follows the log from the checkpoint until aborted; resolves then, with everything it began written. A failure of the
   * feed or the store is told, and followed by a new start from the checkpoint.
   */
  async run(signal: AbortSignal): Promise<void> {
    const { log, backOff = BACK_OFF } = this.options;
    let retryInMs = backOff.first;
    let hasFailed = false;
    const written = (position: number) => {
      if (hasFailed) log({ kind: 'recovered', position });
      hasFailed = false;
      retryInMs = backOff.first;
    };
    while (!signal.aborted) {
      try {
        await this.follow(signal, written);
        if (!signal.aborted) throw new Error('the feed has ended');
      } catch (error) {
        if (signal.aborted) return;
        hasFailed = true;
        log({ kind: 'failed', error, retryInMs });
        await setTimeout(retryInMs, undefined, { signal }).catch(() => {});
        retryInMs = Math.min(2 * retryInMs, backOff.most);
      }
    }
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
