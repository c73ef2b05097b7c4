import { DatabaseSync } from 'node:sqlite';
import { StoreNotOpened, StoreTooNew } from '../errors.js';

/** Kept in `PRAGMA user_version`. Raise it with each change of the schema, and migrate older files on opening. */
export const SCHEMA_VERSION = 1;

/** Kept in `PRAGMA application_id`, so that the database of another program is never taken for ours: 'Sill' in ASCII. */
const APPLICATION_ID = 0x53696c6c;

/** How long to wait for another process that holds the file, in milliseconds: a store has 5 s to answer. */
const BUSY_TIMEOUT = 4_000;

/**
 * The position is the row id, and no AUTOINCREMENT keeps row ids from being used again: nothing is ever deleted, so
 * none is.
 *
 * Event ids have no index. Finding a repeat needs none (it looks at the place in the stream where the ids must be), ids
 * are derived from ids of commands and so unique where those are, EventStoreDB does not enforce it either, and random
 * ids would dirty a page of the index each: measured, a group of 32 then takes two to three times as long to commit.
 *
 * `UNIQUE (stream, revision)` covers a stream's last revision and position; rows of an index end with the row id, so
 * the index on tenant alone serves a tenant's events in order of position.
 */
const CREATE = `
  CREATE TABLE event (
    position INTEGER PRIMARY KEY,
    tenant   TEXT NOT NULL,
    stream   TEXT NOT NULL,
    revision INTEGER NOT NULL,
    id       TEXT NOT NULL,
    type     TEXT NOT NULL,
    data     TEXT NOT NULL,
    metadata TEXT NOT NULL,
    UNIQUE (stream, revision)
  ) STRICT;
  CREATE INDEX event_by_tenant ON event (tenant);
  PRAGMA application_id = ${APPLICATION_ID};
  PRAGMA user_version = ${SCHEMA_VERSION};
`;

/**
 * Opens the file of a store for its writer, and makes it one when it is missing or empty. Blocks on the disk.
 * @throws StoreNotOpened, StoreTooNew
 */
export function openForWriting(file: string): DatabaseSync {
  return open(file, { readOnly: false }, (db) => {
    // Before anything is changed, so that a stranger's database is left as it was.
    if (!isEmpty(db)) requireEventStore(db, file);
    if (pragma(db, 'journal_mode = WAL') !== 'wal')
      throw new StoreNotOpened(file, 'its folder allows no write-ahead log');
    // The fullfsync pragmas matter on macOS only, where a plain fsync leaves the data in the cache of the drive.
    db.exec(`
      PRAGMA synchronous = FULL;
      PRAGMA fullfsync = ON;
      PRAGMA checkpoint_fullfsync = ON;
      PRAGMA cache_size = -8192;
    `);
    createIfEmpty(db, file);
  });
}

/**
 * Opens the file of a store for reading, also while a writer in this or another process has it.
 * @throws StoreNotOpened, StoreTooNew
 */
export function openForReading(file: string): DatabaseSync {
  return open(file, { readOnly: true }, (db) => requireEventStore(db, file));
}

function open(file: string, { readOnly }: { readonly readOnly: boolean }, prepare: (db: DatabaseSync) => void) {
  let db: DatabaseSync | undefined;
  try {
    db = new DatabaseSync(file, { readOnly, timeout: BUSY_TIMEOUT });
    prepare(db);
    return db;
  } catch (error) {
    // Takes back what was not committed.
    db?.close();
    if (error instanceof StoreNotOpened || error instanceof StoreTooNew) throw error;
    throw new StoreNotOpened(file, error instanceof Error ? error.message : String(error));
  }
}

/** Takes the lock for writing in any case: a file that cannot be written fails here, not at the first append. */
function createIfEmpty(db: DatabaseSync, file: string): void {
  db.exec('BEGIN IMMEDIATE');
  // Another process may have been faster since the file was looked at.
  if (isEmpty(db)) db.exec(CREATE);
  else requireEventStore(db, file);
  db.exec('COMMIT');
}

function isEmpty(db: DatabaseSync): boolean {
  return db.prepare('SELECT 1 FROM sqlite_schema LIMIT 1').get() === undefined;
}

function requireEventStore(db: DatabaseSync, file: string): void {
  if (isEmpty(db) || pragma(db, 'application_id') !== APPLICATION_ID)
    throw new StoreNotOpened(file, 'it is no event store of Sillage');
  const version = Number(pragma(db, 'user_version'));
  if (version > SCHEMA_VERSION) throw new StoreTooNew(file, version, SCHEMA_VERSION);
}

function pragma(db: DatabaseSync, statement: string): unknown {
  const row = db.prepare(`PRAGMA ${statement}`).get();
  return row && Object.values(row)[0];
}
