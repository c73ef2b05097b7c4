import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { MasterKeys, unsealedLog } from '@sillage/erasure';
import { openSqliteKeyReader } from '@sillage/erasure/sqlite';
import { Publisher } from '@sillage/event-feed';
import { LogEventFeed } from '@sillage/event-feed/in-process';
import { openSqliteEventLog } from '@sillage/event-store/sqlite';
import { lockFile } from '@sillage/platform';
import { RECORD_TYPES } from '@sillage/record-types';
import { ONE_PARTITION, REPORTING_SCHEMA } from '@sillage/reporting';
import { masterKeysIn } from '@sillage/standalone';
import { openSqliteViewStore, SqliteGenerations } from '@sillage/view-store/sqlite';
import { asFailure } from './as-failure.js';
import { Failure } from './failure.js';
import type { RebuildLock, Source, Stores } from './stores.js';
import { withTemporaryViews } from './temporary-views.registration.js';

export function dataDirectory(env: NodeJS.ProcessEnv): string {
  return resolve(env.SILLAGE_DATA_DIR || '.sillage');
}

/** @throws Failure when there is no Sillage in the data directory. */
export function eventsFile(directory: string): string {
  const file = join(directory, 'events.db');
  if (!existsSync(file)) throw new Failure(`there are no events in ${directory}: is SILLAGE_DATA_DIR right?`);
  return file;
}

/** @throws Failure when there is no Sillage in the data directory, or a newer one, or its master key is not given. */
export function openLog(env: NodeJS.ProcessEnv): Source {
  const directory = dataDirectory(env);
  const file = eventsFile(directory);
  try {
    const stored = openSqliteEventLog(file);
    const keys = openSqliteKeyReader(join(directory, 'keys.db'));
    const masters = new MasterKeys(masterKeysIn(join(directory, 'master-key'), env));
    const log = unsealedLog(stored, { keys, masters, types: RECORD_TYPES, noticeWithin: 0 });
    const close = async (): Promise<void> => {
      stored.close();
      await keys.close();
    };
    return { log, close };
  } catch (error) {
    throw asFailure(error);
  }
}

/** @throws Failure when there is no Sillage in the data directory, or a newer one. */
export function openEmbeddedStores(env: NodeJS.ProcessEnv): Stores {
  const views = join(dataDirectory(env), 'views');
  const { log, close } = openLog(env);
  const generations = new SqliteGenerations(views, REPORTING_SCHEMA);
  return {
    log,
    feed: new LogEventFeed(log, new Publisher(RECORD_TYPES, log)),
    generations,
    partitioning: ONE_PARTITION,
    readGeneration: async (generation, read) => {
      const file = generations.file(generation);
      const reader = openSqliteViewStore({ file, schema: REPORTING_SCHEMA, readOnly: true });
      try {
        return await read(reader);
      } finally {
        await reader.close();
      }
    },
    withTemporaryViews,
    lockRebuild: async () => lockedUntilReleased(join(views, 'rebuild.lock')),
    close,
  };
}

/** A lock of the operating system's is never lost. */
function lockedUntilReleased(file: string): RebuildLock | undefined {
  const lock = lockFile(file);
  return lock && { lost: new AbortController().signal, release: async () => lock.release() };
}
