import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { type StoredEvent, StoreUnavailable, type Streams } from '@sillage/kernel';
import { BEGINNING, type EventLog, type ReadAllOptions, type SubscribeOptions } from '../event-store.js';
import { CommitListener } from './commit-announcements.js';
import { EventQuery } from './event-query.js';
import { openForReading } from './schema.js';

export interface SqliteEventLogOptions {
  /**
   * How often a waiting subscription looks for commits of a writer in another process, in milliseconds (default 250).
   * Of a writer in this process it hears at once.
   */
  readonly pollInterval?: number;
}

/** A batch of a subscription ends behind this many characters of JSON, so that large events do not fill the memory. */
const FULL_BATCH = 4 * 1024 * 1024;

/**
 * Opens the log of a store for reading, also while a writer in this or another thread or process has it.
 * @throws StoreNotOpened, StoreTooNew
 */
export function openSqliteEventLog(file: string, { pollInterval = 250 }: SqliteEventLogOptions = {}): SqliteEventLog {
  return new SqliteEventLog(openForReading(file), file, pollInterval);
}

/** Reads a store on the calling thread, over a connection of its own that cannot write. */
export class SqliteEventLog implements EventLog, Pick<Streams, 'read'> {
  readonly #db: DatabaseSync;
  readonly #file: string;
  readonly #pollInterval: number;
  readonly #listeners = new Set<CommitListener>();
  readonly #ofStream: EventQuery;
  readonly #lastOfStream: EventQuery;
  readonly #ofAll: EventQuery;
  readonly #ofTenant: EventQuery;
  readonly #head: StatementSync;

  /** Takes a connection that only reads, and the file it reads; see `openSqliteEventLog`. */
  constructor(db: DatabaseSync, file: string, pollInterval: number) {
    this.#db = db;
    this.#file = file;
    this.#pollInterval = pollInterval;
    this.#ofStream = new EventQuery(db, 'WHERE stream = ? AND revision >= ? ORDER BY revision');
    this.#lastOfStream = new EventQuery(db, 'WHERE stream = ? ORDER BY revision DESC LIMIT 1');
    this.#ofAll = new EventQuery(db, 'WHERE position > ? ORDER BY position LIMIT ?');
    this.#ofTenant = new EventQuery(db, 'WHERE tenant = ? AND position > ? ORDER BY position LIMIT ?');
    this.#head = db.prepare('SELECT max(position) AS position FROM event');
  }

  async read(stream: string, from = 0): Promise<readonly StoredEvent[]> {
    this.#requireOpen();
    return this.#ofStream.read([stream, from]);
  }

  async readLast(stream: string): Promise<StoredEvent | undefined> {
    this.#requireOpen();
    return this.#lastOfStream.read([stream])[0];
  }

  async readAll({ after, limit, tenant }: ReadAllOptions): Promise<readonly StoredEvent[]> {
    this.#requireOpen();
    return tenant === undefined ? this.#ofAll.read([after, limit]) : this.#ofTenant.read([tenant, after, limit]);
  }

  async *subscribe({ after, batchSize, signal, isWanted }: SubscribeOptions): AsyncIterable<readonly StoredEvent[]> {
    this.#requireOpen();
    const commits = new CommitListener(this.#file);
    const end = () => commits.close();
    this.#listeners.add(commits);
    signal.addEventListener('abort', end);
    try {
      let position = after;
      while (this.#db.isOpen && !signal.aborted) {
        const batch = this.#ofAll.read([position, batchSize], FULL_BATCH, isWanted);
        const last = batch.at(-1);
        if (last) {
          position = last.position;
          yield batch;
          // Reading waits for nothing, so without this nothing else on the thread had a turn while it catches up.
          await nextTurn();
        } else {
          await commits.next(this.#pollInterval);
        }
      }
    } finally {
      signal.removeEventListener('abort', end);
      this.#listeners.delete(commits);
      commits.close();
    }
  }

  async head(): Promise<number> {
    this.#requireOpen();
    return Number(this.#head.get()?.position ?? BEGINNING);
  }

  /** Ends the subscriptions too. */
  close(): void {
    if (!this.#db.isOpen) return;
    this.#db.close();
    for (const commits of this.#listeners) commits.close();
  }

  #requireOpen(): void {
    if (!this.#db.isOpen) throw new StoreUnavailable('it was closed');
  }
}
