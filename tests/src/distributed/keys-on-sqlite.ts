import { dirname, join } from 'node:path';
import type { KeyStore } from '@sillage/erasure';
import { openSqliteKeyStore } from '@sillage/erasure/sqlite';

/** The keys of services that work on an SQLite file: in a file beside it. */
export function keysBeside(eventsFile: string): KeyStore {
  return openSqliteKeyStore(keysFileOf(eventsFile));
}

export function keysFileOf(eventsFile: string): string {
  return join(dirname(eventsFile), 'keys.db');
}
