import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openSqliteEventStore } from '@sillage/event-store/sqlite';
import { note } from '@sillage/kernel/testing';
import { Publisher } from '../publisher.js';
import { eventFeedContract } from '../testing/index.js';
import { LogEventFeed } from './log-event-feed.js';

eventFeedContract('the log of a store', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'sillage-event-feed-'));
  const store = await openSqliteEventStore({ file: join(folder, 'events.db') });
  return {
    store,
    feedOf: async () => new LogEventFeed(store, new Publisher([note], store)),
    close: async () => {
      await store.close();
      await rm(folder, { recursive: true });
    },
  };
});
