import type { PublicEvent } from '@sillage/contracts';

/** A stretch of the log: the public events in it, in order, and how far it goes. */
export interface FeedBatch {
  readonly events: readonly PublicEvent[];
  /** Every event up to here, those that are nobody's business included, is in this batch or an earlier one. */
  readonly position: number;
}

export interface FeedOptions {
  /** Gives what lies behind this position. */
  readonly after: number;
  /** Ends the feed: the iterator then returns. */
  readonly signal: AbortSignal;
}

/** What feeds the read side: each tenant's public events in the one order of the log, at least once. */
export interface EventFeed {
  follow(options: FeedOptions): AsyncIterable<FeedBatch>;

  /** The position of the last event there is. */
  head(): Promise<number>;
}
