import type { EventFeed } from '@sillage/event-feed';
import type { ViewStore } from '@sillage/view-store';
import type { Bounds } from '../projector/stretches.js';
import { ViewWriter } from '../projector/view-writer.js';

export interface RebuildProgress {
  /** Events folded by this run. */
  readonly events: number;
  readonly position: number;
  /** Position of the last event there is, as far as is known. */
  readonly head: number;
}

export interface RebuildOptions {
  readonly feed: EventFeed;
  /** Opens the new generation: an empty store, or the one that an interrupted rebuild left. */
  readonly open: () => Promise<ViewStore>;
  /** Of the feed; 0 where there is only one. */
  readonly partition?: number;
  readonly bounds?: Bounds;
  readonly signal: AbortSignal;
  readonly onProgress?: (progress: RebuildProgress) => void;
}

/**
 * Under constant load the head keeps moving: each pass has only to fold what came during the one before, so the last is
 * as short as a projector's own batches.
 */
const MOST_PASSES = 5;

/**
 * Makes a new generation of the views from the log, beside the one that serves, and gives it once it has caught up: a
 * projector takes over from its checkpoint. What an interrupted rebuild has done stays done, by the new store's own
 * checkpoint.
 * @throws the signal's reason when aborted, and whatever the feed or the store throws; the store is closed then.
 */
export async function rebuild({ open, ...options }: RebuildOptions): Promise<ViewStore> {
  const store = await open();
  try {
    await catchUp(store, options);
    return store;
  } catch (error) {
    await store.close();
    throw error;
  }
}

async function catchUp(store: ViewStore, options: Omit<RebuildOptions, 'open'>): Promise<void> {
  const { feed, partition = 0, bounds, signal, onProgress = () => {} } = options;
  const writer = await ViewWriter.open(store, partition, bounds);
  let [head, events, passes] = [await feed.head(), 0, 0];
  if (writer.position >= head) return;
  for await (const batch of feed.follow({ after: writer.position, signal })) {
    for await (const written of writer.write(batch)) {
      events += written.events;
      onProgress({ events, position: written.position, head });
      signal.throwIfAborted();
    }
    if (writer.position < head) continue;
    head = await feed.head();
    passes += 1;
    if (writer.position >= head || passes === MOST_PASSES) return;
  }
  signal.throwIfAborted();
  throw new Error('the feed has ended');
}
