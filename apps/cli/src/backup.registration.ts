import { existsSync } from 'node:fs';
import { chmod, open } from 'node:fs/promises';
import { join } from 'node:path';
import { copySqliteEventStore } from '@sillage/event-store/sqlite';
import { asFailure } from './as-failure.js';
import { copyWithDigest } from './backup/digest.js';
import type { BackupSource } from './backup/take-backup.js';
import { eventsFile } from './embedded.registration.js';

/**
 * Files of a data directory that go into a backup beside the events, as they are. Views are made of the events, and
 * nothing goes along that opens anything: no token, no key.
 */
const FILES = ['format', 'token-uses.json'];

/** Every file that a backup may have. */
export const BACKED_UP: readonly string[] = ['events.db', ...FILES];

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
      for (const name of FILES.filter((file) => existsSync(join(directory, file)))) {
        await copyWithDigest(join(directory, name), join(folder, name), signal);
      }
    },
  };
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
