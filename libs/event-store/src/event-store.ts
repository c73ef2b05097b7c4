import type { StoredEvent, Streams } from '@sillage/kernel';

/** The position before the first event: where a reader of everything begins. */
export const BEGINNING = 0;

export interface ReadAllOptions {
  /** Gives the events behind this position, be it an event's or not. */
  readonly after: number;
  /** The most events to give. */
  readonly limit: number;
  /** Only the events of this tenant. */
  readonly tenant?: string;
}

export interface SubscribeOptions {
  /** Begins behind this position, be it an event's or not, and even if it is yet to come. */
  readonly after: number;
  /** The most events that one batch holds. */
  readonly batchSize: number;
  /** Ends the subscription: the iterator then returns. */
  readonly signal: AbortSignal;
  /**
   * Which streams are asked for (default all). Events of others may be left out, which spares the work of decoding them,
   * but for the last of a batch: it tells how far the batch goes.
   */
  readonly isWanted?: (stream: string) => boolean;
}

/**
 * Reads the one order of all events. Usable from any thread; several may read while one writes.
 * Its methods throw StoreUnavailable when the store cannot be read.
 */
export interface EventLog {
  /** The last event of a stream; undefined when there is no such stream. For streams too long to be read whole. */
  readLast(stream: string): Promise<StoredEvent | undefined>;

  /**
   * The events behind a position, in order; perhaps fewer than there are, but none only when there are none. So whoever
   * reads page by page is through when one is empty.
   */
  readAll(options: ReadAllOptions): Promise<readonly StoredEvent[]>;

  /**
   * Every event behind a position in order, first those there already, then each as it is stored, in batches that are
   * never empty. Ends when the signal is aborted or the store closed.
   */
  subscribe(options: SubscribeOptions): AsyncIterable<readonly StoredEvent[]>;

  /** The position of the last event stored; `BEGINNING` in an empty store. */
  head(): Promise<number>;
}

/** The only truth: streams to decide on, and the log to build views from. */
export interface EventStore extends Streams, EventLog {
  /**
   * Lets the store forget all but the last `count` events of a stream, from now on; it may keep more, and does so in the
   * log. For notes of which only the latest count. May be repeated.
   * @throws StoreUnavailable, OutcomeUnknown
   */
  keepLast(stream: string, count: number): Promise<void>;

  /**
   * Answers the appends under way, ends the subscriptions and lets go of everything. What is asked for afterwards throws
   * StoreUnavailable. May be repeated.
   */
  close(): Promise<void>;
}
