import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { EventStore } from '@sillage/event-store';
import { openEventStoreDb } from '@sillage/event-store/eventstoredb';
import { startServerUnderTest } from '@sillage/event-store/eventstoredb/testing';
import { openSqliteEventStore } from '@sillage/event-store/sqlite';
import { newId } from '@sillage/kernel';
import { eventFeedContract, type FeedUnderTest } from '../testing/index.js';
import { describeOnKafka, openTopicOfTest } from './testing/on-kafka.js';
import { MemberOfTest, RelayOfTest } from './testing/relays-and-readers.js';

describeOnKafka('Kafka, with the store for what it has no more,', () => {
  eventFeedContract('a partition', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'sillage-event-feed-'));
    const store = await openSqliteEventStore({ file: join(folder, 'events.db') });
    return fedFrom(store, () => rm(folder, { recursive: true }));
  });

  eventFeedContract('a partition that is fed from EventStoreDB', async () => {
    const server = await startServerUnderTest();
    const store = await openEventStoreDb({ url: server.url, prefix: `test-${newId()}.` });
    return fedFrom(store, () => server.stop());
  });
});

/** A topic, a relay that fills it from the store, and a reader of all its partitions. */
async function fedFrom(store: EventStore, removeStore: () => Promise<void>): Promise<FeedUnderTest> {
  const topic = await openTopicOfTest({ partitions: 3 });
  const relay = await RelayOfTest.start(topic, store);
  const member = await MemberOfTest.join(topic, store);
  return {
    store,
    feedOf: (tenant) => member.feed(topic.partitionOf(tenant)),
    close: async () => {
      await member.leave();
      await relay.stop();
      await topic.close();
      await store.close();
      await removeStore();
    },
  };
}
