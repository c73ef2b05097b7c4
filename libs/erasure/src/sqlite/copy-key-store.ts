import { backup } from 'node:sqlite';
import { openForReading } from './schema.js';

/**
 * Copies the keys in a file as they are at one moment, while a writer goes on: within a transaction, as
 * `copySqliteEventStore` does. A key that is erased meanwhile cannot be wiped until the copy is made; whoever asks for
 * that is told to come back.
 * @throws KeysNotOpened
 */
export async function copySqliteKeyStore(from: string, to: string): Promise<void> {
  const db = openForReading(from);
  try {
    db.exec('BEGIN');
    db.prepare('SELECT name FROM tenant LIMIT 1').get();
    await backup(db, to, { rate: 1_000 });
  } finally {
    db.close();
  }
}
