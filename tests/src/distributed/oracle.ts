import { rmSync } from 'node:fs';
import path from 'node:path';
import { MasterKeys, type ReadableStore, unsealedLog } from '@sillage/erasure';
import { openMongoKeyStore } from '@sillage/erasure/mongodb';
import { Publisher } from '@sillage/event-feed';
import { LogEventFeed } from '@sillage/event-feed/in-process';
import { BEGINNING, type EventStore, LogCheck } from '@sillage/event-store';
import { openEventStoreDb } from '@sillage/event-store/eventstoredb';
import { keysDatabase, mongodbUri, requiredMasterKeys } from '@sillage/platform';
import { RECORD_TYPES } from '@sillage/record-types';
import { type Difference, differences, foldTo, ONE_PARTITION, REPORTING_SCHEMA } from '@sillage/reporting';
import { MongoGenerations, openMongoDatabase } from '@sillage/view-store/mongodb';
import { openSqliteViewStore } from '@sillage/view-store/sqlite';
import { temporaryDirectory } from '../server.js';
import type { Acknowledged } from './mixed-load.js';

/** What is wrong with a Sillage that nobody writes to any more; every list is to be empty. */
export interface Findings {
  /** Acknowledged, but not in the store. */
  readonly lost: readonly Acknowledged[];
  /** Revisions that are not contiguous, event ids or commands that come twice. */
  readonly log: readonly string[];
  /** Where the views are not what a fresh fold of the log is. */
  readonly views: readonly Difference[];
}

/** Milliseconds that the views have to catch up, and that folding the log may take. */
const TIME_TO_CATCH_UP = 30_000;
const TIME_TO_FOLD = 60_000;

/** Judges a store and its views by the invariants, whatever happened to the processes over them. */
export async function judge(
  environment: NodeJS.ProcessEnv,
  acknowledged: readonly Acknowledged[],
  timeToCatchUp = TIME_TO_CATCH_UP,
): Promise<Findings> {
  const { EVENTSTOREDB_URL: url = '', SILLAGE_STREAM_PREFIX: prefix = '' } = environment;
  const store = await openEventStoreDb({ url, prefix });
  const keys = await openMongoKeyStore(await openMongoDatabase(keysDatabase(environment)));
  try {
    const { faults, revisions } = await readLog(store);
    const lost = acknowledged.filter(({ id, revision }) => (revisions.get(id) ?? -1) < revision);
    const masters = new MasterKeys(requiredMasterKeys(environment));
    const log = unsealedLog(store, { keys, masters, types: RECORD_TYPES, noticeWithin: 0 });
    return { lost, log: faults, views: await compareViews(log, mongodbUri(environment), timeToCatchUp) };
  } finally {
    await keys.close();
    await store.close();
  }
}

/** Faults of the log, and the last revision of each record by its id. */
async function readLog(store: EventStore) {
  const check = new LogCheck();
  const faults: string[] = [];
  const revisions = new Map<string, number>();
  for (let after = BEGINNING; ; ) {
    const events = await store.readAll({ after, limit: 1_000 });
    for (const event of events) {
      for (const { stream, what } of check.check(event)) faults.push(`${stream}: ${what}`);
      if (!event.stream.startsWith('claim-')) revisions.set(event.stream.replace(/^.*\./, ''), event.revision);
    }
    const last = events.at(-1);
    if (last === undefined) return { faults, revisions };
    after = last.position;
  }
}

/** The differences that are left when the views have had time to catch up. */
async function compareViews(store: ReadableStore, uri: string, timeToCatchUp: number): Promise<readonly Difference[]> {
  const folder = temporaryDirectory();
  const fresh = openSqliteViewStore({ file: path.join(folder, 'views.db'), schema: REPORTING_SCHEMA });
  const database = await openMongoDatabase({ uri });
  try {
    const feed = new LogEventFeed(store, new Publisher(RECORD_TYPES, store));
    await foldTo({
      feed,
      store: fresh,
      partitioning: ONE_PARTITION,
      to: [await store.head()],
      signal: AbortSignal.timeout(TIME_TO_FOLD),
    });
    const generations = new MongoGenerations(database.db, REPORTING_SCHEMA);
    const views = await generations.open((await generations.current()) ?? 0);
    const deadline = performance.now() + timeToCatchUp;
    for (;;) {
      const found = await differences(views, fresh, 5);
      if (found.length === 0 || performance.now() > deadline) return found;
    }
  } finally {
    await database.close();
    await fresh.close();
    rmSync(folder, { recursive: true });
  }
}
