import { join } from 'node:path';
import { DatabaseSync, type SQLInputValue, type StatementSync } from 'node:sqlite';
import { event, maxCountIn } from './read-responses.js';
import { type Placed, type Recorded, sizeInLog } from './recorded.js';

const CREATE = `
  CREATE TABLE IF NOT EXISTS event (
    position INTEGER PRIMARY KEY,
    next     INTEGER NOT NULL,
    stream   TEXT NOT NULL,
    revision INTEGER NOT NULL,
    id       TEXT NOT NULL,
    response BLOB NOT NULL,
    UNIQUE (stream, revision)
  ) STRICT;
`;

const NOTHING = new Uint8Array();

/** What a new server writes for itself before anybody else can: readers must not see it, and no position is 0. */
const OF_THE_SERVER: Placed = {
  stream: '$user-admin',
  revision: 0,
  id: '00000000-0000-4000-8000-000000000001',
  type: '$UserCreated',
  isJson: true,
  created: 0,
  data: NOTHING,
  metadata: NOTHING,
};
const FIRST_POSITION = 411;

/**
 * The log of the test server, in an SQLite file. It outlives the process being killed; after a loss of power the last
 * transactions may be missing.
 */
export class LogFile {
  readonly #db: DatabaseSync;
  readonly #insert: StatementSync;
  readonly #statements = new Map<string, StatementSync>();

  constructor(folder: string) {
    this.#db = new DatabaseSync(join(folder, 'log.db'));
    this.#db.exec(`PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; ${CREATE}`);
    this.#insert = this.#db.prepare('INSERT INTO event VALUES (?, ?, ?, ?, ?, ?)');
    if (this.end() === 0) this.#write(OF_THE_SERVER, FIRST_POSITION);
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
  append(placed: Placed): number {
    const position = this.end();
    this.#write(placed, position);
    return position;
  }

  /** The position behind all events, which the next one will have. */
  end(): number {
    return this.#number('SELECT next FROM event ORDER BY position DESC LIMIT 1') ?? 0;
  }

  /** -1 where there is no such stream. */
  lastRevision(stream: string): number {
    return this.#number('SELECT revision FROM event WHERE stream = ? ORDER BY revision DESC LIMIT 1', stream) ?? -1;
  }

  isPosition(position: number): boolean {
    return this.#number('SELECT 1 FROM event WHERE position = ?', position) !== undefined;
  }

  ofStream(stream: string, from: number, most: number): readonly Recorded[] {
    return this.#all('WHERE stream = ? AND revision >= ? ORDER BY revision LIMIT ?', stream, from, most);
  }

  /** The revision before which reads of a stream give nothing, by what is set for it (`IndexReader`). */
  firstRevision(stream: string): number {
    const [metadata] = this.#all('WHERE stream = ? ORDER BY revision DESC LIMIT 1', `$$${stream}`);
    const count = metadata && maxCountIn(metadata.response);
    return count === undefined ? 0 : Math.max(0, this.lastRevision(stream) - count + 1);
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

  #write(placed: Placed, position: number): void {
    const { stream, revision, id } = placed;
    this.#insert.run(position, position + sizeInLog(placed), stream, revision, id, event(placed, position));
  }

  #all(condition: string, ...parameters: readonly SQLInputValue[]): readonly Recorded[] {
    const statement = this.#prepared(`SELECT position, stream, revision, id, response FROM event ${condition}`);
    // The types of node:sqlite do not know what a STRICT table guarantees.
    return statement.all(...parameters) as unknown as readonly Recorded[];
  }

  #number(query: string, ...parameters: readonly SQLInputValue[]): number | undefined {
    const [value] = Object.values(this.#prepared(query).get(...parameters) ?? {});
    return value === undefined ? undefined : Number(value);
  }

  #prepared(query: string): StatementSync {
    const known = this.#statements.get(query) ?? this.#db.prepare(query);
    this.#statements.set(query, known);
    return known;
  }
}
