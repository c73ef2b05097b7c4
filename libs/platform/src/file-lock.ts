import { DatabaseSync } from 'node:sqlite';

export interface FileLock {
  release(): void;
}

/**
 * Takes a lock that one process at a time can hold; undefined while another has it. It is a lock of the operating
 * system's, by way of SQLite, so it goes with its process, however that ends.
 * @throws when the file cannot be written.
 */
export function lockFile(file: string): FileLock | undefined {
  const lock = new DatabaseSync(file);
  try {
    lock.exec('PRAGMA locking_mode = EXCLUSIVE; PRAGMA journal_mode = MEMORY; BEGIN EXCLUSIVE;');
    return { release: () => lock.close() };
  } catch (error) {
    lock.close();
    if (error instanceof Error && error.message.includes('locked')) return undefined;
    throw error;
  }
}
