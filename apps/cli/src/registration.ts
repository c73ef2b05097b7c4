import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { type EventFeed, Publisher } from '@sillage/event-feed';
import { LogEventFeed } from '@sillage/event-feed/in-process';
import { type EventLog, EventStoreError } from '@sillage/event-store';
import { openSqliteEventLog, type SqliteEventLog } from '@sillage/event-store/sqlite';
import { type FileLock, lockFile } from '@sillage/platform';
import { REPORTING_SCHEMA } from '@sillage/reporting';
import { RECORD_TYPES } from '@sillage/standalone';
import type { ViewGenerations, ViewReader, ViewStore } from '@sillage/view-store';
import { openSqliteViewStore, SqliteGenerations } from '@sillage/view-store/sqlite';
import { Failure } from './failure.js';

/** What a data directory holds, for commands that look at it directly, whether or not a server runs on it. */
export interface Stores {
  readonly log: EventLog;
  readonly feed: EventFeed;
  readonly generations: ViewGenerations;

  /**
   * The views of a generation, as they are now and as they stay while they are read.
   * @throws ViewsOfAnotherSchema
   */
  readGeneration<T>(generation: number, read: (views: ViewReader) => Promise<T>): Promise<T>;

  /** Views of nobody's, to be folded and looked at; gone when `use` is done. */
  withTemporaryViews<T>(use: (views: ViewStore) => Promise<T>): Promise<T>;

  /** Undefined while another process rebuilds these views. */
  lockRebuild(): FileLock | undefined;

  close(): void;
}

/** @throws Failure when there is no Sillage in the data directory, or a newer one. */
export function openStores(env: NodeJS.ProcessEnv): Stores {
  const directory = resolve(env.SILLAGE_DATA_DIR || '.sillage');
  const views = join(directory, 'views');
  const log = openLog(directory);
  const generations = new SqliteGenerations(views, REPORTING_SCHEMA);
  return {
    log,
    feed: new LogEventFeed(log, new Publisher(RECORD_TYPES, log)),
    generations,
    readGeneration: async (generation, read) => {
      const reader = openSqliteViewStore({
        file: generations.file(generation),
        schema: REPORTING_SCHEMA,
        readOnly: true,
      });
      try {
        return await reader.snapshot(read);
      } finally {
        await reader.close();
      }
    },
    withTemporaryViews,
    lockRebuild: () => lockFile(join(views, 'rebuild.lock')),
    close: () => log.close(),
  };
}

function openLog(directory: string): SqliteEventLog {
  const file = join(directory, 'events.db');
  if (!existsSync(file)) throw new Failure(`there are no events in ${directory}: is SILLAGE_DATA_DIR right?`);
  try {
    return openSqliteEventLog(file);
  } catch (error) {
    if (error instanceof EventStoreError) throw new Failure(error.message);
    throw error;
  }
}

async function withTemporaryViews<T>(use: (views: ViewStore) => Promise<T>): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), 'sillage-views-'));
  try {
    const views = openSqliteViewStore({ file: join(folder, 'views.db'), schema: REPORTING_SCHEMA });
    try {
      return await use(views);
    } finally {
      await views.close();
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
