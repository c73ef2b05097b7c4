import { existsSync } from 'node:fs';
import { chmod, open } from 'node:fs/promises';
import { join } from 'node:path';
import { copySqliteKeyStore } from '@sillage/erasure/sqlite';
import { copySqliteEventStore } from '@sillage/event-store/sqlite';
import { asFailure } from './as-failure.js';
import { copyWithDigest } from './backup/digest.js';
import type { BackupSource } from './backup/take-backup.js';
import { eventsFile } from './embedded.registration.js';

/**
 * Files of a data directory that go into a backup beside the events and their keys, as they are. Views are made of the
 * events, and nothing goes along that opens anything: no token, and not the master key, without which the others are
 * of no use.
 */
const FILES = ['format', 'token-uses.json'];

/** Every file that a backup may have. */
export const BACKED_UP: readonly string[] = ['events.db', 'keys.db', ...FILES];

/** What a data directory has to be backed up. @throws Failure when there is no Sillage in it. */
export function backupSource(directory: string): BackupSource {
  const events = eventsFile(directory);
  return {
    copyEvents: async (folder, onProgress) => {
      const to = join(folder, 'events.db');
      const copied = await copySqliteEventStore(events, to, onProgress).catch((error: unknown) => {
        throw asFailure(error);
      });
      await settle(to);
      return copied;
    },
    copyFiles: async (folder, signal) => {
      // After the events, so that none of them lacks its key: that is stored before.
      await copyKeys(directory, folder);
      for (const name of FILES.filter((file) => existsSync(join(directory, file)))) {
        await copyWithDigest(join(directory, name), join(folder, name), signal);
      }
    },
  };
}

/** Where no key was ever made, there is nothing to copy. */
async function copyKeys(directory: string, folder: string): Promise<void> {
  const [from, to] = [join(directory, 'keys.db'), join(folder, 'keys.db')];
  if (!existsSync(from)) return;
  await copySqliteKeyStore(from, to).catch((error: unknown) => {
    throw asFailure(error);
  });
  await settle(to);
}

/** Readable by its owner only, and on the disk. */
async function settle(path: string): Promise<void> {
  await chmod(path, 0o600);
  const file = await open(path, 'r+');
  try {
    await file.sync();
  } finally {
    await file.close();
  }
}
