import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openSqliteEventStore } from '@sillage/event-store/sqlite';
import { eventFeedContract } from '../testing/index.js';
import { describeOnKafka, openTopicOfTest } from './testing/on-kafka.js';
import { MemberOfTest, RelayOfTest } from './testing/relays-and-readers.js';

describeOnKafka('Kafka, with the store for what it has no more,', () => {
  eventFeedContract('a partition', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'sillage-event-feed-'));
    const store = await openSqliteEventStore({ file: join(folder, 'events.db') });
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
        await rm(folder, { recursive: true });
      },
    };
  });
});
