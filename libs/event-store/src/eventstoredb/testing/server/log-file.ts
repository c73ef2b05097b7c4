import { join } from 'node:path';
import { DatabaseSync, type SQLInputValue, type StatementSync } from 'node:sqlite';
import { type Recorded, sizeInLog } from './recorded.js';

const CREATE = `
  CREATE TABLE IF NOT EXISTS event (
    position INTEGER PRIMARY KEY,
    stream   TEXT NOT NULL,
    revision INTEGER NOT NULL,
    id       TEXT NOT NULL,
    type     TEXT NOT NULL,
    is_json  INTEGER NOT NULL,
    created  INTEGER NOT NULL,
    data     BLOB NOT NULL,
    metadata BLOB NOT NULL,
    UNIQUE (stream, revision)
  ) STRICT;
`;

/** What a new server writes for itself before anybody else can: readers must not see it, and no position is 0. */
const OF_THE_SERVER = { stream: '$user-admin', type: '$UserCreated', position: 411 };

const NOTHING = new Uint8Array();

/**
 * The log of the test server, in an SQLite file. It outlives the process being killed; after a loss of power the last
 * transactions may be missing.
 */
export class LogFile {
  readonly #db: DatabaseSync;
  readonly #insert: StatementSync;
  readonly #select: (condition: string) => StatementSync;
  readonly #statements = new Map<string, StatementSync>();

  constructor(folder: string) {
    this.#db = new DatabaseSync(join(folder, 'log.db'));
    this.#db.exec(`PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; ${CREATE}`);
    this.#insert = this.#db.prepare('INSERT INTO event VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)');
    this.#select = (condition) => {
      const known = this.#statements.get(condition) ?? this.#db.prepare(`SELECT * FROM event ${condition}`);
      this.#statements.set(condition, known);
      return known;
    };
    if (!this.last()) this.#write({ ...OF_THE_SERVER, ...EMPTY_EVENT });
  }

  /** Does all of it in one transaction. */
  transact(work: () => void): void {
    this.#db.exec('BEGIN IMMEDIATE');
    try {
      work();
      this.#db.exec('COMMIT');
    } catch (error) {
      this.#db.exec('ROLLBACK');
      throw error;
    }
  }

  /** Gives the position that the event now has. */
  append(event: Omit<Recorded, 'position'>): number {
    const last = this.last();
    const position = last ? last.position + sizeInLog(last) : 0;
    this.#write({ ...event, position });
    return position;
  }

  last(): Recorded | undefined {
    return this.#all('ORDER BY position DESC LIMIT 1')[0];
  }

  lastRevision(stream: string): number {
    return this.#all('WHERE stream = ? ORDER BY revision DESC LIMIT 1', stream)[0]?.revision ?? -1;
  }

  ofStream(stream: string, from: number, most: number): readonly Recorded[] {
    return this.#all('WHERE stream = ? AND revision >= ? ORDER BY revision LIMIT ?', stream, from, most);
  }

  at(position: number): Recorded | undefined {
    return this.#all('WHERE position = ?', position)[0];
  }

  /** Of all streams, behind a position. */
  after(position: number, most: number): readonly Recorded[] {
    return this.#all('WHERE position > ? ORDER BY position LIMIT ?', position, most);
  }

  /** Of all streams, before a position, latest first. */
  before(position: number, most: number): readonly Recorded[] {
    return this.#all('WHERE position < ? ORDER BY position DESC LIMIT ?', position, most);
  }

  close(): void {
    this.#db.close();
  }

  #write({ position, stream, revision, id, type, isJson, created, data, metadata }: Recorded): void {
    this.#insert.run(position, stream, revision, id, type, isJson ? 1 : 0, created, data, metadata);
  }

  #all(condition: string, ...parameters: readonly SQLInputValue[]): readonly Recorded[] {
    // The types of node:sqlite do not know what a STRICT table guarantees.
    const rows = this.#select(condition).all(...parameters) as unknown as (Recorded & { readonly is_json: number })[];
    return rows.map(({ is_json, ...row }) => ({ ...row, isJson: is_json === 1 }));
  }
}

const EMPTY_EVENT = {
  revision: 0,
  id: '00000000-0000-4000-8000-000000000001',
  isJson: true,
  created: 0,
  data: NOTHING,
  metadata: NOTHING,
};
