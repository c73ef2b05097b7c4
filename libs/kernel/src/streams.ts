import type { NewEvent, StoredEvent } from './events.js';

/** Expected revision of a stream that must not exist yet. */
export const NO_STREAM = -1;

/**
 * The most that one append holds: bytes of JSON, the data and metadata of all its events as they are stored (sealed text
 * is a third longer). The same in every store, so that a record which fits one fits all; it is what EventStoreDB takes
 * unless it is set up otherwise.
 */
export const MOST_APPENDED_BYTES = 1024 * 1024;

export interface Appended {
  /** Of the last event appended. */
  readonly revision: number;
  readonly position: number;
}

/** What command handling needs of an event store. */
export interface Streams {
  /** The events of a stream from revision `from` (default 0), oldest first; empty when there is no such stream. */
  read(stream: string, from?: number): Promise<readonly StoredEvent[]>;

  /**
   * Appends to the end of a stream, all events or none, durable once it resolves. `expected` is the revision of the
   * stream's last event (`NO_STREAM` for none). A repeat with the same event ids and expected revision stores nothing
   * and gives the first result. Appends to different streams that are asked for one after the other, without waiting in
   * between, are stored in that order, but for those that fail.
   * @throws WrongExpectedRevision when the stream is elsewhere.
   * @throws OutcomeUnknown when it cannot be said whether the events were stored: repeat with the same ids.
   * @throws StoreUnavailable when nothing was stored.
   * @throws AppendTooLarge for more than `MOST_APPENDED_BYTES`; RangeError for no events.
   */
  append(stream: string, expected: number, events: readonly NewEvent[]): Promise<Appended>;
}

export class WrongExpectedRevision extends Error {
  constructor(
    readonly stream: string,
    readonly expected: number,
  ) {
    super(`stream ${stream} is not at revision ${expected}`);
    this.name = 'WrongExpectedRevision';
  }
}

/** Nothing was stored, nor will a repeat be. */
export class AppendTooLarge extends Error {
  constructor() {
    super('the events are larger than what the event store takes at once');
    this.name = 'AppendTooLarge';
  }
}

/** @throws AppendTooLarge */
export function requireAppendable(bytes: number): void {
  if (bytes > MOST_APPENDED_BYTES) throw new AppendTooLarge();
}

export class OutcomeUnknown extends Error {
  constructor(cause: unknown) {
    super('the event store did not say whether it stored the events', { cause });
    this.name = 'OutcomeUnknown';
  }
}

/** The store cannot do this now (it is closed, its writer was lost, its disk is full), and nothing was stored. */
export class StoreUnavailable extends Error {
  constructor(reason: string) {
    super(`the event store is unavailable: ${reason}`);
    this.name = 'StoreUnavailable';
  }
}
