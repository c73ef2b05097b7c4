import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from '@jest/globals';
import type { EventStore } from '@sillage/event-store';
import { openSqliteEventStore } from '@sillage/event-store/sqlite';
import { eventually } from '@sillage/event-store/testing';
import { aTenant, FeedFollower, Notes } from '../testing/index.js';
import type { AssignedPartition } from './consume.js';
import type { EventsTopic } from './events-topic.js';
import { describeOnKafka, openTopicOfTest } from './testing/on-kafka.js';
import { MemberOfTest, RelayOfTest } from './testing/relays-and-readers.js';

describeOnKafka('a partition without events of late', () => {
  let folder: string;
  let store: EventStore;
  let topic: EventsTopic;
  let relay: RelayOfTest;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'sillage-quiet-'));
    store = await openSqliteEventStore({ file: join(folder, 'events.db') });
    topic = await openTopicOfTest({ partitions: 2 });
    relay = await RelayOfTest.start(topic, store);
  });
  afterEach(async () => {
    await relay.stop();
    await topic.close();
    await store.close();
    await rm(folder, { recursive: true });
  });

  function tenantIn(partition: number): string {
    for (;;) {
      const tenant = aTenant();
      if (topic.partitionOf(tenant) === partition) return tenant;
    }
  }

  /** One event in the quiet partition, then some in the other one; gives the position of the last. */
  async function relayed(quiet: string): Promise<number> {
    await new Notes(store, quiet).create({ title: 'long ago' });
    const other = new Notes(store, tenantIn(1));
    for (let number = 0; number < 5; number += 1) await other.create({ title: `note ${number}` });
    const { position } = await other.create({ title: 'the last' });
    await relay.isThrough();
    await relay.hasNoted(position);
    return position;
  }

  it('is known to be up to date as far as the relay has come, at first and when it is followed again', async () => {
    const tenant = tenantIn(0);
    const position = await relayed(tenant);
    const member = await MemberOfTest.join(topic, store);

    const first = new FeedFollower(await member.feed(0), tenant, 0);
    await first.reached(position);
    expect(first.events).toHaveLength(1);
    await first.stop();

    const own = first.events[0]?.position ?? 0;
    const second = new FeedFollower(await member.feed(0), tenant, own);
    await second.reached(position);
    expect(second.events).toEqual([]);
    await second.stop();
    await member.leave();
  });

  it('has no lag once it is read, and until then that of the oldest event', async () => {
    const tenant = tenantIn(0);
    await relayed(tenant);
    let assigned: AssignedPartition | undefined;
    const onAssigned = async (partition: AssignedPartition) => {
      if (partition.partition === 0) assigned = partition;
      await new Promise((resolve) => partition.signal.addEventListener('abort', resolve));
    };
    const member = await MemberOfTest.join(topic, store, { onAssigned });
    await eventually('the partition is assigned', () => assigned !== undefined);
    if (assigned === undefined) throw new Error('it was taken away again');

    // What happened is dated as notes are.
    const sinceNotes = (Date.now() - Date.parse('2026-03-01T09:00:00Z')) / 1_000;
    const { events, seconds } = await assigned.lag();
    expect(events).toBe(1);
    expect(Math.abs(seconds - Math.max(0, sinceNotes))).toBeLessThan(60);

    const follower = new FeedFollower(assigned.feed, tenant, 0);
    await follower.received(1);
    const { lag } = assigned;
    await eventually('nothing waits', async () => (await lag()).events === 0);
    expect(await lag()).toEqual({ events: 0, seconds: 0 });
    await follower.stop();
    await member.leave();
  });
});
