import { setImmediate as nextTurn } from 'node:timers/promises';
import { type Appended, type NewEvent, type StoredEvent, StoreUnavailable } from '@sillage/kernel';
import { StoreNotOpened } from '../errors.js';
import type { EventStore, ReadAllOptions, SubscribeOptions } from '../event-store.js';
import { Appender } from './appender.js';
import { Connection } from './connection.js';
import { reasonOf } from './failures.js';
import { LogReader } from './log-reader.js';
import { toStoredEvents } from './recorded-event.js';
import { ResumingSubscription } from './resuming-subscription.js';
import { Retention } from './retention.js';

export interface EventStoreDbOptions {
  /** A connection string, such as `esdb://127.0.0.1:2113?tls=false`. */
  readonly url: string;
  /**
   * What the names of this store's streams begin with on the server (default `sillage.`). Events of streams with other
   * names are not seen, so that several stores, and other programs, may share a server.
   */
  readonly prefix?: string;
  /** How long an append or the server's silence in a read may last, in milliseconds (default 5,000). */
  readonly timeout?: number;
  /** Told why, each time that a subscription breaks and is about to be taken up again. */
  readonly onInterruption?: (reason: string) => void;
}

export interface EventStoreDbEventStore extends EventStore {
  /** Whether the server can be read from just now: for readiness. Answers within 2 s. */
  isReachable(): Promise<boolean>;
}

/**
 * Opens an event store on an EventStoreDB server.
 * @throws StoreNotOpened when the server cannot be read from now.
 */
export async function openEventStoreDb(options: EventStoreDbOptions): Promise<EventStoreDbEventStore> {
  let store: Store | undefined;
  try {
    store = new Store(options);
    await store.requireReachable();
    return store;
  } catch (error) {
    await store?.close();
    throw new StoreNotOpened(withoutCredentials(options.url), reasonOf(error));
  }
}

class Store implements EventStoreDbEventStore {
  readonly #connection: Connection;
  readonly #appender: Appender;
  readonly #reader: LogReader;
  readonly #retention: Retention;
  readonly #prefix: string;
  readonly #onInterruption: (reason: string) => void;
  readonly #closing = new AbortController();

  constructor({ url, prefix = 'sillage.', timeout = 5_000, onInterruption = () => {} }: EventStoreDbOptions) {
    this.#prefix = prefix;
    this.#onInterruption = onInterruption;
    this.#connection = new Connection(url);
    const reader = new LogReader(this.#connection, { prefix, timeout, closing: this.#closing.signal });
    this.#reader = reader;
    this.#appender = new Appender(this.#connection, {
      prefix,
      timeout,
      findPosition: (name, revision, signal) => reader.positionIn(name, revision, signal),
    });
    this.#retention = new Retention(this.#appender, reader);
  }

  async append(stream: string, expected: number, events: readonly NewEvent[]): Promise<Appended> {
    this.#requireOpen();
    return this.#appender.append(stream, expected, events);
  }

  async read(stream: string, from = 0): Promise<readonly StoredEvent[]> {
    this.#requireOpen();
    return this.#reader.readStream(stream, from);
  }

  async readLast(stream: string): Promise<StoredEvent | undefined> {
    this.#requireOpen();
    return this.#reader.readLast(stream);
  }

  async readAll(options: ReadAllOptions): Promise<readonly StoredEvent[]> {
    this.#requireOpen();
    return this.#reader.readAll(options);
  }

  async *subscribe({ after, batchSize, signal, isWanted }: SubscribeOptions): AsyncIterable<readonly StoredEvent[]> {
    this.#requireOpen();
    const end = AbortSignal.any([signal, this.#closing.signal]);
    const subscription = new ResumingSubscription(this.#connection, {
      after,
      prefix: this.#prefix,
      signal: end,
      placeBefore: (position) => this.#reader.placeBefore(position),
      onInterruption: this.#onInterruption,
    });
    try {
      while (!end.aborted) {
        const events = await subscription.next(batchSize);
        if (end.aborted) return;
        yield toStoredEvents(events, this.#prefix, isWanted);
        // Much may be at hand already: without this nothing else on the thread had a turn while it catches up.
        await nextTurn();
      }
    } finally {
      subscription.cancel();
    }
  }

  async keepLast(stream: string, count: number): Promise<void> {
    this.#requireOpen();
    return this.#retention.keepLast(stream, count);
  }

  async head(): Promise<number> {
    this.#requireOpen();
    return this.#reader.head();
  }

  async isReachable(): Promise<boolean> {
    return this.requireReachable().then(
      () => true,
      () => false,
    );
  }

  async requireReachable(): Promise<void> {
    this.#requireOpen();
    await this.#reader.requireReachable();
  }

  async close(): Promise<void> {
    this.#closing.abort(new StoreUnavailable('it was closed'));
    await this.#appender.idle();
    await this.#connection.close();
  }

  #requireOpen(): void {
    this.#closing.signal.throwIfAborted();
  }
}

function withoutCredentials(url: string): string {
  return url.replace(/\/\/[^@/]*@/, '//');
}
