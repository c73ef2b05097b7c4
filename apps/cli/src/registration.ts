import { MasterKeys, sealedStore } from '@sillage/erasure';
import { openSqliteKeyStore } from '@sillage/erasure/sqlite';
import type { EventStore } from '@sillage/event-store';
import { openSqliteEventStore } from '@sillage/event-store/sqlite';
import { RECORD_TYPES } from '@sillage/record-types';
import { dataMasterKeys, openDataDirectory, openForRestore, type RestoringDirectory } from '@sillage/standalone';
import { asFailure } from './as-failure.js';
import type { BackupSource } from './backup/take-backup.js';
import { backupSource } from './backup.registration.js';
import { dataDirectory, openEmbeddedStores, openLog } from './embedded.registration.js';
import { Failure } from './failure.js';
import type { Source, Stores } from './stores.js';

export { BACKED_UP } from './backup.registration.js';
export { completeRestored } from './restore.registration.js';

/**
 * The stores of the data directory when that is set, else those of the servers when they are, else those of the data
 * directory here.
 * @throws Failure when they cannot be had.
 */
export async function openStores(env: NodeJS.ProcessEnv): Promise<Stores> {
  const isDistributed = !env.SILLAGE_DATA_DIR && Boolean(env.EVENTSTOREDB_URL || env.MONGODB_URI);
  if (!isDistributed) return openEmbeddedStores(env);
  const { openDistributedStores } = await distributed();
  return openDistributedStores(env);
}

/** An event store to write to, which nobody else writes to meanwhile. */
export interface Target {
  readonly store: EventStore;
  close(): Promise<void>;
}

/** @throws Failure when there is none. */
export async function openSource(env: NodeJS.ProcessEnv): Promise<Source> {
  const place = eventStorePlace(env);
  if (place.kind === 'server') {
    const { openServer } = await distributed();
    const { store, close } = await openServer(place.url, env);
    return { log: store, close };
  }
  return openLog(env);
}

/** @throws Failure when it cannot be had: it is not reachable, in use, or of a newer version. */
export async function openTarget(env: NodeJS.ProcessEnv): Promise<Target> {
  const place = eventStorePlace(env);
  if (place.kind === 'directory') return openDirectory(place.directory, env);
  const { openServer } = await distributed();
  return openServer(place.url, env);
}

/** @throws Failure when there is no data directory to back up. */
export function openBackupSource(env: NodeJS.ProcessEnv): BackupSource {
  if (!env.SILLAGE_DATA_DIR && env.EVENTSTOREDB_URL) {
    throw new Failure('EventStoreDB has backups of its own (docs/backup.md); this makes one of a data directory');
  }
  return backupSource(dataDirectory(env));
}

/** @throws Failure when it is not empty, in use, or cannot be written. */
export function restoreTarget(directory: string): RestoringDirectory {
  return orFailure(() => openForRestore(directory));
}

/** Where the event store is that a command is about. */
type EventStorePlace =
  | { readonly kind: 'server'; readonly url: string }
  | { readonly kind: 'directory'; readonly directory: string };

function eventStorePlace(env: NodeJS.ProcessEnv): EventStorePlace {
  const url = env.EVENTSTOREDB_URL;
  return url ? { kind: 'server', url } : { kind: 'directory', directory: dataDirectory(env) };
}

/** Loaded late: the drivers would slow down every command that is about a data directory. */
function distributed() {
  return import('./distributed.registration.js');
}

/** Makes the data directory if there is none, and holds it. */
async function openDirectory(path: string, env: NodeJS.ProcessEnv): Promise<Target> {
  const directory = orFailure(() => openDataDirectory(path));
  try {
    const masters = new MasterKeys(dataMasterKeys(directory, env));
    const keys = openSqliteKeyStore(directory.keysFile);
    const store = await openSqliteEventStore({ file: directory.eventsFile });
    const close = async (): Promise<void> => {
      await store.close();
      await keys.close();
      directory.release();
    };
    return { store: sealedStore(store, { keys, masters, types: RECORD_TYPES, noticeWithin: 0 }), close };
  } catch (error) {
    directory.release();
    throw asFailure(error);
  }
}

function orFailure<T>(open: () => T): T {
  try {
    return open();
  } catch (error) {
    throw asFailure(error);
  }
}
