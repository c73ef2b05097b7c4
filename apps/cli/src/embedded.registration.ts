import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { Publisher } from '@sillage/event-feed';
import { LogEventFeed } from '@sillage/event-feed/in-process';
import { openSqliteEventLog, type SqliteEventLog } from '@sillage/event-store/sqlite';
import { lockFile } from '@sillage/platform';
import { RECORD_TYPES } from '@sillage/record-types';
import { ONE_PARTITION, REPORTING_SCHEMA } from '@sillage/reporting';
import { openSqliteViewStore, SqliteGenerations } from '@sillage/view-store/sqlite';
import { asFailure } from './as-failure.js';
import { Failure } from './failure.js';
import type { RebuildLock, Stores } from './stores.js';
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

/** @throws Failure when there is no Sillage in the data directory, or a newer one. */
export function openLog(directory: string): SqliteEventLog {
  const file = eventsFile(directory);
  try {
    return openSqliteEventLog(file);
  } catch (error) {
    throw asFailure(error);
  }
}

/** @throws Failure when there is no Sillage in the data directory, or a newer one. */
export function openEmbeddedStores(directory: string): Stores {
  const views = join(directory, 'views');
  const log = openLog(directory);
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
    close: async () => log.close(),
  };
}

/** A lock of the operating system's is never lost. */
function lockedUntilReleased(file: string): RebuildLock | undefined {
  const lock = lockFile(file);
  return lock && { lost: new AbortController().signal, release: async () => lock.release() };
}
