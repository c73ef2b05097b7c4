import { existsSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { KeysNotOpened } from '../errors.js';

/** Kept in `PRAGMA user_version`. */
const SCHEMA_VERSION = 1;

/** Kept in `PRAGMA application_id`: 'SilK' in ASCII. */
const APPLICATION_ID = 0x53696c4b;

/** How long to wait for another process that holds the file, in milliseconds. */
const BUSY_TIMEOUT = 4_000;

/**
 * Keys have ids that grow with time, so that new ones dirty few pages. Of an erased key there remain its id and stream:
 * so one that was erased is told from one that was lost.
 */
const CREATE = `
  CREATE TABLE tenant (
    name    TEXT PRIMARY KEY,
    master  TEXT NOT NULL,
    wrapped BLOB NOT NULL
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE key (
    id      TEXT PRIMARY KEY,
    tenant  TEXT NOT NULL,
    wrapped BLOB NOT NULL
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE erased (
    number INTEGER PRIMARY KEY,
    tenant TEXT NOT NULL,
    key    TEXT NOT NULL UNIQUE,
    stream TEXT NOT NULL
  ) STRICT;
  CREATE TABLE concern (
    tenant TEXT NOT NULL,
    person TEXT NOT NULL,
    stream TEXT NOT NULL,
    PRIMARY KEY (tenant, person, stream)
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE erasure (
    number INTEGER PRIMARY KEY,
    tenant TEXT NOT NULL,
    person TEXT NOT NULL,
    at     TEXT NOT NULL,
    by     TEXT NOT NULL,
    UNIQUE (tenant, person)
  ) STRICT;
  PRAGMA application_id = ${APPLICATION_ID};
  PRAGMA user_version = ${SCHEMA_VERSION};
`;

/**
 * Opens the file of a key store for its writer, and makes it one when it is missing or empty. What is deleted is
 * overwritten. A commit waits for no disk (`synchronous = NORMAL` in a write-ahead log): the writer waits for it beside.
 * @throws KeysNotOpened
 */
export function openForWriting(file: string): DatabaseSync {
  return opened(
    file,
    () => new DatabaseSync(file, { timeout: BUSY_TIMEOUT }),
    (db) => {
      if (!isEmpty(db)) requireKeyStore(db, file);
      db.exec(`
      PRAGMA journal_mode = WAL;
      PRAGMA synchronous = NORMAL;
      PRAGMA fullfsync = ON;
      PRAGMA checkpoint_fullfsync = ON;
      PRAGMA secure_delete = ON;
      PRAGMA cache_size = -2048;
    `);
      if (isEmpty(db)) db.exec(`BEGIN IMMEDIATE; ${CREATE} COMMIT`);
    },
  );
}

/**
 * Opens the file of a key store for reading, also while a writer has it. Where there is none, there are no keys: the
 * events were stored before there were any.
 * @throws KeysNotOpened
 */
export function openForReading(file: string): DatabaseSync {
  if (!existsSync(file))
    return opened(
      file,
      () => new DatabaseSync(':memory:'),
      (db) => db.exec(CREATE),
    );
  const open = () => new DatabaseSync(file, { readOnly: true, timeout: BUSY_TIMEOUT });
  return opened(file, open, (db) => requireKeyStore(db, file));
}

function opened(file: string, open: () => DatabaseSync, prepare: (db: DatabaseSync) => void): DatabaseSync {
  let db: DatabaseSync | undefined;
  try {
    db = open();
    prepare(db);
    return db;
  } catch (error) {
    db?.close();
    if (error instanceof KeysNotOpened) throw error;
    throw new KeysNotOpened(file, error instanceof Error ? error.message : String(error));
  }
}

function isEmpty(db: DatabaseSync): boolean {
  return db.prepare('SELECT 1 FROM sqlite_schema LIMIT 1').get() === undefined;
}

function requireKeyStore(db: DatabaseSync, file: string): void {
  if (isEmpty(db) || pragma(db, 'application_id') !== APPLICATION_ID)
    throw new KeysNotOpened(file, 'it is no key store of Sillage');
  if (Number(pragma(db, 'user_version')) > SCHEMA_VERSION)
    throw new KeysNotOpened(file, 'it was written by a newer version of Sillage');
}

function pragma(db: DatabaseSync, statement: string): unknown {
  const row = db.prepare(`PRAGMA ${statement}`).get();
  return row && Object.values(row)[0];
}
