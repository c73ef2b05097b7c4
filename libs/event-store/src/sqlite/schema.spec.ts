import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { describe, expect, it } from '@jest/globals';
import { StoreNotOpened, StoreTooNew } from '../errors.js';
import { openForWriting, SCHEMA_VERSION } from './schema.js';
import { openSqliteEventLog } from './sqlite-event-log.js';
import { openSqliteEventStore } from './sqlite-event-store.js';
import { TemporaryFile } from './testing/temporary-file.js';

/** Of `PRAGMA synchronous`. */
const FULL = 2;

describe('opening an SQLite event store', () => {
  const file = new TemporaryFile();
  const openStore = () => openSqliteEventStore({ file: file.path });
  const openLog = async () => openSqliteEventLog(file.path);

  function execute(sql: string): void {
    const db = new DatabaseSync(file.path);
    db.exec(sql);
    db.close();
  }

  it('makes the file, even when several do it at once', async () => {
    const stores = await Promise.all([openStore(), openStore(), openStore()]);
    expect(await Promise.all(stores.map((store) => store.head()))).toEqual([0, 0, 0]);
    await Promise.all(stores.map((store) => store.close()));
  });

  it('gives a writer whose commits wait for the disk', () => {
    const db = openForWriting(file.path);
    expect(db.prepare('PRAGMA journal_mode').get()).toEqual({ journal_mode: 'wal' });
    expect(db.prepare('PRAGMA synchronous').get()).toEqual({ synchronous: FULL });
    db.close();
  });

  it('refuses a file of a newer version', async () => {
    await (await openStore()).close();
    execute(`PRAGMA user_version = ${SCHEMA_VERSION + 1}`);

    for (const open of [openStore, openLog]) {
      const refused = open();
      await expect(refused).rejects.toThrow(StoreTooNew);
      await expect(refused).rejects.toMatchObject({ found: SCHEMA_VERSION + 1, known: SCHEMA_VERSION });
    }
  });

  it('refuses what is no database, and leaves it as it was', async () => {
    const text = 'no database at all\n'.repeat(100);
    writeFileSync(file.path, text);

    await expect(openStore()).rejects.toThrow(StoreNotOpened);
    await expect(openLog()).rejects.toThrow(StoreNotOpened);
    expect(readFileSync(file.path, 'utf8')).toBe(text);
  });

  it('refuses the database of another program, and leaves it as it was', async () => {
    execute('CREATE TABLE contact (name TEXT)');
    const before = readFileSync(file.path);

    await expect(openStore()).rejects.toThrow(/it is no event store of Sillage/);
    await expect(openLog()).rejects.toThrow(/it is no event store of Sillage/);
    expect(readFileSync(file.path)).toEqual(before);
  });

  it('refuses a store whose pages are damaged', async () => {
    await (await openStore()).close();
    const pages = readFileSync(file.path);
    // The header of the file is whole, the schema behind it is not.
    writeFileSync(file.path, pages.fill(0xff, 100, 4096));

    await expect(openStore()).rejects.toThrow(StoreNotOpened);
    await expect(openLog()).rejects.toThrow(StoreNotOpened);
  });

  it('refuses where it cannot write', async () => {
    // Also true for a superuser, whom permissions do not keep out: a folder stands where the log must be.
    mkdirSync(`${file.path}-wal`);
    await expect(openStore()).rejects.toThrow(StoreNotOpened);
  });

  it('refuses a folder that is not there, and to read what is not there', async () => {
    await expect(openSqliteEventStore({ file: `${file.path}/events.db` })).rejects.toThrow(StoreNotOpened);
    await expect(openLog()).rejects.toThrow(StoreNotOpened);
  });
});
