import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { type EventFeed, Publisher } from '@sillage/event-feed';
import { LogEventFeed } from '@sillage/event-feed/in-process';
import { type EventLog, type EventStore, EventStoreError } from '@sillage/event-store';
import { openSqliteEventLog, openSqliteEventStore, type SqliteEventLog } from '@sillage/event-store/sqlite';
import { type FileLock, lockFile, StartupError } from '@sillage/platform';
import { REPORTING_SCHEMA } from '@sillage/reporting';
import { openDataDirectory, RECORD_TYPES } from '@sillage/standalone';
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
  const directory = dataDirectory(env);
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

/** An event store to read from, whether or not a server runs on it. */
export interface Source {
  readonly log: EventLog;
  close(): Promise<void>;
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
    const store = await openServer(place.url);
    return { log: store, close: () => store.close() };
  }
  const log = openLog(place.directory);
  return { log, close: async () => log.close() };
}

/** @throws Failure when it cannot be had: it is not reachable, in use, or of a newer version. */
export async function openTarget(env: NodeJS.ProcessEnv): Promise<Target> {
  const place = eventStorePlace(env);
  if (place.kind === 'directory') return openDirectory(place.directory);
  const store = await openServer(place.url);
  return { store, close: () => store.close() };
}

/** Where the event store is that a command is about. */
type EventStorePlace =
  | { readonly kind: 'server'; readonly url: string }
  | { readonly kind: 'directory'; readonly directory: string };

function eventStorePlace(env: NodeJS.ProcessEnv): EventStorePlace {
  const url = env.EVENTSTOREDB_URL;
  return url ? { kind: 'server', url } : { kind: 'directory', directory: dataDirectory(env) };
}

async function openServer(url: string): Promise<EventStore> {
  // Loaded here: its driver would slow down every command that is about a data directory.
  const { openEventStoreDb } = await import('@sillage/event-store/eventstoredb');
  return openEventStoreDb({ url }).catch((error: unknown) => {
    throw asFailure(error);
  });
}

/** Makes the data directory if there is none, and holds it. */
async function openDirectory(path: string): Promise<Target> {
  const directory = opened(() => openDataDirectory(path));
  const store = await openSqliteEventStore({ file: directory.eventsFile }).catch((error: unknown) => {
    directory.release();
    throw asFailure(error);
  });
  const close = async (): Promise<void> => {
    await store.close();
    directory.release();
  };
  return { store, close };
}

function dataDirectory(env: NodeJS.ProcessEnv): string {
  return resolve(env.SILLAGE_DATA_DIR || '.sillage');
}

function openLog(directory: string): SqliteEventLog {
  const file = join(directory, 'events.db');
  if (!existsSync(file)) throw new Failure(`there are no events in ${directory}: is SILLAGE_DATA_DIR right?`);
  return opened(() => openSqliteEventLog(file));
}

function opened<T>(open: () => T): T {
  try {
    return open();
  } catch (error) {
    throw asFailure(error);
  }
}

/** What the user can act upon, in one line; a defect stays what it is. */
function asFailure(error: unknown): unknown {
  const isForUsers = error instanceof EventStoreError || error instanceof StartupError;
  return isForUsers ? new Failure(error.message) : error;
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
