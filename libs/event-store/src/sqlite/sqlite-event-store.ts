import type { Appended, NewEvent, StoredEvent } from '@sillage/kernel';
import type { EventStore, ReadAllOptions, SubscribeOptions } from '../event-store.js';
import { AppendQueue } from './append-queue.js';
import { openSqliteEventLog, type SqliteEventLog, type SqliteEventLogOptions } from './sqlite-event-log.js';
import { startWriter } from './start-writer.js';

export interface SqliteEventStoreOptions extends SqliteEventLogOptions {
  /** Path of the database; made when missing, in a folder that exists. */
  readonly file: string;
  /** Called when the writing thread has ended by itself: nothing can be appended any more. */
  readonly onLoss?: (error: Error) => void;
}

/**
 * Opens an event store in an SQLite file: appends go through a thread of their own, reads happen on the caller's.
 * @throws StoreNotOpened, StoreTooNew
 */
export async function openSqliteEventStore({ file, onLoss, ...options }: SqliteEventStoreOptions): Promise<EventStore> {
  const queue = new AppendQueue(await startWriter(file), onLoss);
  try {
    return new SqliteEventStore(queue, openSqliteEventLog(file, options));
  } catch (error) {
    await queue.close();
    throw error;
  }
}

class SqliteEventStore implements EventStore {
  readonly #queue: AppendQueue;
  readonly #log: SqliteEventLog;

  constructor(queue: AppendQueue, log: SqliteEventLog) {
    this.#queue = queue;
    this.#log = log;
  }

  append(stream: string, expected: number, events: readonly NewEvent[]): Promise<Appended> {
    return this.#queue.append(stream, expected, events);
  }

  read(stream: string, from?: number): Promise<readonly StoredEvent[]> {
    return this.#log.read(stream, from);
  }

  readLast(stream: string): Promise<StoredEvent | undefined> {
    return this.#log.readLast(stream);
  }

  readAll(options: ReadAllOptions): Promise<readonly StoredEvent[]> {
    return this.#log.readAll(options);
  }

  subscribe(options: SubscribeOptions): AsyncIterable<readonly StoredEvent[]> {
    return this.#log.subscribe(options);
  }

  head(): Promise<number> {
    return this.#log.head();
  }

  /** Keeps them all: the notes that are meant are those of the relay, whose store is of another kind. */
  async keepLast(): Promise<void> {}

  /** Waits for the appends under way; ends the subscriptions. */
  close(): Promise<void> {
    // First the readers: the last connection to a file tidies it up, and only the writer's may.
    this.#log.close();
    return this.#queue.close();
  }
}
