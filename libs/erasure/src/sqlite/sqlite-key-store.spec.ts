import { randomBytes } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { newId } from '@sillage/kernel';
import { keyStoreContract } from '../testing/index.js';
import { openSqliteKeyReader, openSqliteKeyStore } from './index.js';

keyStoreContract('SQLite', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'sillage-keys-'));
  return {
    open: async () => openSqliteKeyStore(join(folder, 'keys.db')),
    remove: () => rm(folder, { recursive: true }),
  };
});

describe('keys in a file', () => {
  let folder: string;
  let file: string;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'sillage-keys-'));
    file = join(folder, 'keys.db');
  });
  afterEach(() => rm(folder, { recursive: true }));

  const isAnywhere = (bytes: Buffer) =>
    readdirSync(folder).some((name) => readFileSync(join(folder, name)).includes(bytes));

  it('leave no trace once they are erased, in the file or its log', async () => {
    const store = openSqliteKeyStore(file);
    const reader = openSqliteKeyReader(file);
    const keys = Array.from({ length: 50 }, () => ({ id: newId(), wrapped: randomBytes(60) }));
    await store.add('acme', keys);
    const [first] = keys;
    expect(isAnywhere(first?.wrapped as Buffer)).toBe(true);
    await reader.find('acme', [first?.id ?? '']);
    await store.erase('acme', [{ key: first?.id ?? '', stream: 'client-1' }]);
    expect(isAnywhere(first?.wrapped as Buffer)).toBe(false);
    expect(isAnywhere(keys[1]?.wrapped as Buffer)).toBe(true);
    await reader.close();
    await store.close();
  });

  it('are none where there is no file, and reading makes none', async () => {
    const reader = openSqliteKeyReader(file);
    expect(await reader.find('acme', [newId()])).toEqual(new Map());
    await reader.close();
    expect(readdirSync(folder)).toEqual([]);
  });

  it('are not looked for in a database of another program', async () => {
    const other = join(folder, 'other.db');
    const { DatabaseSync } = await import('node:sqlite');
    const db = new DatabaseSync(other);
    db.exec('CREATE TABLE theirs (a)');
    db.close();
    expect(() => openSqliteKeyStore(other)).toThrow('it is no key store of Sillage');
    expect(() => openSqliteKeyReader(other)).toThrow('it is no key store of Sillage');
  });
});
