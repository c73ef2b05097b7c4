import type { PublicEvent } from '@sillage/contracts';
import type { EventFeed, FeedBatch } from '@sillage/event-feed';
import type { ViewStore } from '@sillage/view-store';
import { ViewWriter } from '../projector/view-writer.js';
import { gathered } from './gathered.js';
import type { Partitioning } from './partitioning.js';
import { WriteBehind } from './write-behind.js';

export interface FoldProgress {
  /** Events folded by this call. */
  readonly events: number;
  /** Every event up to here is in the views, as far as its partition was to go. */
  readonly position: number;
}

export interface FoldOptions {
  /** The whole log. */
  readonly feed: EventFeed;
  readonly store: ViewStore;
  readonly partitioning: Partitioning;
  /** By partition, where the views are to be exactly; nothing is done for one that is there or beyond. */
  readonly to: readonly number[];
  readonly signal: AbortSignal;
  readonly onProgress?: (progress: FoldProgress) => void;
}

/**
 * Nobody reads these views yet, so batches are larger than a projector's: a cell that changes with most events, and a
 * page of an index, is then written once for more of them.
 */
const BOUNDS = { events: 2_500, bytes: 10_000_000 };

/**
 * Brings views from where they are to exactly one position of the log in each partition, so that they can be compared
 * with others that are there. The log is read once, however many partitions there are. What was folded before an
 * interruption stays: the next call goes on from it.
 * @throws the signal's reason when aborted, and whatever the feed or the store throws.
 */
export async function foldTo({
  feed,
  store,
  partitioning,
  to,
  signal,
  onProgress,
}: FoldOptions): Promise<FoldProgress> {
  const goals = await Promise.all(to.map((end, partition) => Goal.set(store, partition, end)));
  let [events, position] = [0, Math.min(...goals.map((goal) => goal.position))];
  const missed = goals.filter((goal) => !goal.isReached);
  if (missed.length === 0) return { events, position };

  const after = Math.min(...missed.map((goal) => goal.position));
  const end = Math.max(...missed.map((goal) => goal.end));
  try {
    for await (const batch of gathered(feed.follow({ after, signal }), end, BOUNDS.events)) {
      const shares = divided(batch.events, partitioning);
      const folded = await Promise.all(missed.map((goal) => goal.fold(shares, batch.position)));
      events += folded.reduce((sum, count) => sum + count, 0);
      position = Math.min(batch.position, end);
      onProgress?.({ events, position });
      signal.throwIfAborted();
      if (position >= end) break;
    }
    await Promise.all(missed.map((goal) => goal.settled()));
  } finally {
    await Promise.allSettled(missed.map((goal) => goal.settled()));
  }
  signal.throwIfAborted();
  return { events, position };
}

type Shares = ReadonlyMap<number, readonly PublicEvent[]>;

/** The events of each partition that has any. */
function divided(events: readonly PublicEvent[], partitioning: Partitioning): Shares {
  const shares = new Map<number, PublicEvent[]>();
  for (const event of events) {
    const partition = partitioning.partitionOf(event.tenant);
    const share = shares.get(partition);
    if (share) share.push(event);
    else shares.set(partition, [event]);
  }
  return shares;
}

/** The views of one partition, and where they are to be. */
class Goal {
  private constructor(
    private readonly views: WriteBehind,
    private readonly writer: ViewWriter,
    private readonly partition: number,
    readonly end: number,
  ) {}

  static async set(store: ViewStore, partition: number, end: number): Promise<Goal> {
    // One for each partition: all that one reads, and nothing that another writes, is of its own tenants.
    const views = new WriteBehind(store);
    return new Goal(views, await ViewWriter.open(views, partition, BOUNDS), partition, end);
  }

  /** Resolves once all that was folded is written. */
  settled(): Promise<void> {
    return this.views.settled();
  }

  get position(): number {
    return this.writer.position;
  }

  get isReached(): boolean {
    return this.position >= this.end;
  }

  /** Folds the partition's share of a batch, as far as it goes towards the end. Gives how many events those were. */
  async fold(shares: Shares, position: number): Promise<number> {
    const batch = cut({ events: shares.get(this.partition) ?? [], position }, this.end);
    let events = 0;
    for await (const written of this.writer.write(batch)) events += written.events;
    return events;
  }
}

function cut({ events, position }: FeedBatch, to: number): FeedBatch {
  if (position <= to) return { events, position };
  return { events: events.filter((event) => event.position <= to), position: to };
}
