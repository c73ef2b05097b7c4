import { randomUUID } from 'node:crypto';
import { DatabaseSync, type StatementSync } from 'node:sqlite';
import type { SampleRecord } from '../sample/records.js';

const SCHEMA = `
  PRAGMA journal_mode = WAL;
  PRAGMA synchronous = FULL;
  PRAGMA cache_size = -65536;
  CREATE TABLE event(
    position INTEGER PRIMARY KEY AUTOINCREMENT, stream TEXT NOT NULL, revision INTEGER NOT NULL,
    type TEXT NOT NULL, data TEXT NOT NULL, at INTEGER NOT NULL, UNIQUE(stream, revision));
  CREATE TABLE record(id TEXT PRIMARY KEY, name TEXT, owner TEXT, amount INTEGER, stage TEXT, at INTEGER) WITHOUT ROWID;
  CREATE INDEX record_at ON record(at DESC, id);
  CREATE INDEX record_stage ON record(stage, amount);
  CREATE VIRTUAL TABLE words USING fts5(name, id UNINDEXED);
`;

interface Waiting {
  readonly id: string;
  readonly record: SampleRecord;
  settle(error?: unknown): void;
}

/**
 * An event, a view, two indexes and a text index, all in one SQLite transaction on the one thread there is. Commits are
 * durable and shared by whatever has arrived by the next turn of the event loop (group commit).
 */
export class FloorStore {
  private readonly database: DatabaseSync;
  private readonly insertEvent: StatementSync;
  private readonly insertRecord: StatementSync;
  private readonly insertWords: StatementSync;
  private readonly selectPage: StatementSync;
  private readonly selectFound: StatementSync;
  private readonly selectByStage: StatementSync;
  private waiting: Waiting[] = [];

  constructor(file: string) {
    this.database = new DatabaseSync(file);
    this.database.exec(SCHEMA);
    const prepare = (sql: string): StatementSync => this.database.prepare(sql);
    this.insertEvent = prepare('INSERT INTO event(stream, revision, type, data, at) VALUES(?, 0, ?, ?, ?)');
    this.insertRecord = prepare('INSERT INTO record VALUES(?, ?, ?, ?, ?, ?)');
    this.insertWords = prepare('INSERT INTO words(name, id) VALUES(?, ?)');
    this.selectPage = prepare('SELECT * FROM record WHERE at <= ? ORDER BY at DESC, id LIMIT 50');
    this.selectFound = prepare('SELECT r.* FROM words w JOIN record r ON r.id = w.id WHERE words MATCH ? LIMIT 50');
    this.selectByStage = prepare('SELECT stage, count(*) AS count, sum(amount) AS amount FROM record GROUP BY stage');
  }

  /** Gives the record's id once it is on the disk. */
  create(record: SampleRecord): Promise<string> {
    const id = randomUUID();
    return new Promise((resolve, reject) => {
      const settle = (error?: unknown): void => (error === undefined ? resolve(id) : reject(error));
      if (this.waiting.push({ id, record, settle }) === 1) setImmediate(() => this.commit());
    });
  }

  /** The 50 newest records of an instant (milliseconds). */
  page(at: number): unknown[] {
    return this.selectPage.all(at);
  }

  /** At most 50 records whose names have words that begin with each of those given. */
  search(words: readonly string[]): unknown[] {
    return this.selectFound.all(words.map((word) => `"${word}"*`).join(' '));
  }

  countsByStage(): unknown[] {
    return this.selectByStage.all();
  }

  private commit(): void {
    const batch = this.waiting;
    this.waiting = [];
    try {
      this.database.exec('BEGIN IMMEDIATE');
      for (const { id, record } of batch) this.insert(id, record, Date.now());
      this.database.exec('COMMIT');
    } catch (error) {
      if (this.database.isTransaction) this.database.exec('ROLLBACK');
      for (const { settle } of batch) settle(error);
      return;
    }
    for (const { settle } of batch) settle();
  }

  private insert(id: string, record: SampleRecord, at: number): void {
    this.insertEvent.run(`record-${id}`, 'RecordCreated', JSON.stringify({ id, ...record }), at);
    this.insertRecord.run(id, record.name, record.owner, record.amount, record.stage, at);
    this.insertWords.run(record.name, id);
  }
}
