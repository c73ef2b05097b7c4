import type { EventFeed, FeedBatch } from '@sillage/event-feed';
import type { ViewStore } from '@sillage/view-store';
import { ViewWriter } from '../projector/view-writer.js';
import { gathered } from './gathered.js';

export interface FoldProgress {
  /** Events folded by this call. */
  readonly events: number;
  /** Every event up to here is in the views. */
  readonly position: number;
}

export interface FoldOptions {
  readonly feed: EventFeed;
  readonly store: ViewStore;
  /** The views are to be exactly here; nothing is done when they are there or beyond. */
  readonly to: number;
  readonly signal: AbortSignal;
  readonly onProgress?: (progress: FoldProgress) => void;
}

/**
 * Nobody reads these views yet, so batches are larger than a projector's: a cell that changes with most events, and a
 * page of an index, is then written once for more of them. Not much larger, so that a batch is written while the next is
 * made.
 */
const BOUNDS = { events: 2_500, bytes: 10_000_000 };

/**
 * Brings views from where they are to exactly one position of the log, so that they can be compared with others that
 * are there. What was folded before an interruption stays: the next call goes on from it.
 * @throws the signal's reason when aborted, and whatever the feed or the store throws.
 */
export async function foldTo({ feed, store, to, signal, onProgress }: FoldOptions): Promise<FoldProgress> {
  const writer = await ViewWriter.open(store, 0, BOUNDS);
  let events = 0;
  if (writer.position < to) {
    for await (const batch of gathered(feed.follow({ after: writer.position, signal }), to, BOUNDS.events)) {
      for await (const written of writer.write(cut(batch, to))) {
        events += written.events;
        onProgress?.({ events, position: written.position });
        signal.throwIfAborted();
      }
      if (writer.position >= to) break;
    }
    signal.throwIfAborted();
  }
  return { events, position: writer.position };
}

function cut({ events, position }: FeedBatch, to: number): FeedBatch {
  if (position <= to) return { events, position };
  return { events: events.filter((event) => event.position <= to), position: to };
}
