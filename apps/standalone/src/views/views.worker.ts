import { parentPort, workerData } from 'node:worker_threads';
import { MasterKeys, unsealedLog } from '@sillage/erasure';
import { openSqliteKeyReader } from '@sillage/erasure/sqlite';
import { Publisher } from '@sillage/event-feed';
import { LogEventFeed } from '@sillage/event-feed/in-process';
import { openSqliteEventLog } from '@sillage/event-store/sqlite';
import { createLogger } from '@sillage/platform';
import { RECORD_TYPES } from '@sillage/record-types';
import { logNotice, projectWholeLog, REPORTING_SCHEMA, ServingViews, type ViewsNotice } from '@sillage/reporting';
import { SqliteGenerations } from '@sillage/view-store/sqlite';
import { withBytes } from './answer-bytes.js';
import { serveCalls } from './thread-calls.js';

/** Where a views thread finds its files. */
export interface ViewsThreadData {
  readonly eventsFile: string;
  readonly keysFile: string;
  readonly masterKeys: readonly Uint8Array[];
  readonly viewsDirectory: string;
}

if (parentPort === null) throw new Error('the views are served on a thread of their own');
const { eventsFile, keysFile, masterKeys, viewsDirectory } = workerData as ViewsThreadData;
const port = parentPort;
const logger = createLogger();

const stored = openSqliteEventLog(eventsFile);
const keys = openSqliteKeyReader(keysFile);
const masters = new MasterKeys(masterKeys);
const log = unsealedLog(stored, { keys, masters, types: RECORD_TYPES, noticeWithin: 0 });
const tell = (notice: ViewsNotice) => logNotice(logger, notice);
const feed = new LogEventFeed(log, new Publisher(RECORD_TYPES, log));
const views = await ServingViews.open({
  generations: new SqliteGenerations(viewsDirectory, REPORTING_SCHEMA),
  project: projectWholeLog({ feed, log: tell }),
  keepFor: 0,
  log: tell,
  onLoss: (reason) => {
    throw new Error('the views can be served no more', { cause: reason });
  },
});

serveCalls(port, {
  list: async (request: never) => withBytes(await views.list(request)),
  report: async (request: never) => withBytes(await views.report(request)),
  detail: async (request: never) => withBytes(await views.detail(request)),
  position: (tenant: never) => views.position(tenant),
  opened: async () => undefined,
  close: async () => {
    await views.close();
    stored.close();
    await keys.close();
  },
});
