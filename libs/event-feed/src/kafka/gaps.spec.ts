import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from '@jest/globals';
import type { EventStore } from '@sillage/event-store';
import { openSqliteEventStore } from '@sillage/event-store/sqlite';
import { eventually } from '@sillage/event-store/testing';
import type { Admin } from 'kafkajs';
import { aTenant, FeedFollower, Notes } from '../testing/index.js';
import { ensureTopic } from './ensure-topic.js';
import { EventsTopic } from './events-topic.js';
import { describeOnKafka, openTopicOfTest, settingsOfTest, unheard } from './testing/on-kafka.js';
import { MemberOfTest, RelayOfTest } from './testing/relays-and-readers.js';

describeOnKafka('a reader of a partition of which records are gone', () => {
  const tenant = aTenant();
  let folder: string;
  let store: EventStore;
  let notes: Notes;
  let topic: EventsTopic;
  let admin: Admin;
  let relay: RelayOfTest;
  let partition: number;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'sillage-gaps-'));
    store = await openSqliteEventStore({ file: join(folder, 'events.db') });
    notes = new Notes(store, tenant);
    topic = await openTopicOfTest({ partitions: 2 });
    partition = topic.partitionOf(tenant);
    admin = topic.kafka.admin();
    await admin.connect();
    relay = await RelayOfTest.start(topic, store);
  });
  afterEach(async () => {
    await relay.stop();
    await admin.disconnect();
    await topic.close();
    await store.close();
    await rm(folder, { recursive: true });
  });

  /** Notes of the tenant and of others, relayed; gives the positions of the tenant's. */
  async function relayed(count: number): Promise<number[]> {
    const others = [new Notes(store, aTenant()), new Notes(store, aTenant())];
    const positions: number[] = [];
    for (let number = 0; number < count; number += 1) {
      positions.push((await notes.create({ title: `note ${number}` })).position);
      for (const other of others) await other.create({ title: 'of another' });
    }
    await relay.isThrough();
    await relay.hasNoted(positions.at(-1) ?? 0);
    return positions;
  }

  /** As retention does. */
  async function expire(records: number | 'all'): Promise<void> {
    const bounds = (await admin.fetchTopicOffsets(topic.name)).find((found) => found.partition === partition);
    const offset = records === 'all' ? (bounds?.high ?? '') : String(records);
    await admin.deleteTopicRecords({ topic: topic.name, partitions: [{ partition, offset }] });
  }

  async function readBehind(after: number, count: number): Promise<number[]> {
    const member = await MemberOfTest.join(topic, store);
    const follower = new FeedFollower(await member.feed(partition), tenant, after);
    const positions = (await follower.received(count)).map(({ position }) => position);
    await follower.stop();
    await member.leave();
    return positions;
  }

  it.each([
    { what: 'some are', records: 7 },
    { what: 'all are', records: 'all' as const },
  ])('misses nothing, wherever it begins, when $what', async ({ records }) => {
    const positions = await relayed(10);
    await expire(records);

    expect(await readBehind(0, 10)).toEqual(positions);
    expect(await readBehind(positions[1] ?? 0, 8)).toEqual(positions.slice(2));
  });

  it('gets those of its own partition’s tenants only', async () => {
    await relayed(10);
    await expire('all');
    const member = await MemberOfTest.join(topic, store);
    const feed = await member.feed(partition);
    const abort = new AbortController();
    const tenants = new Set<string>();

    for await (const { events, position } of feed.follow({ after: 0, signal: abort.signal })) {
      for (const event of events) tenants.add(event.tenant);
      if (position >= (await feed.head())) abort.abort();
    }

    expect(tenants).toContain(tenant);
    expect([...tenants].map((name) => topic.partitionOf(name))).toEqual([...tenants].map(() => partition));
    await member.leave();
  });

  it('misses nothing when they go while it is away, with what comes later', async () => {
    const first = await relayed(5);
    const member = await MemberOfTest.join(topic, store);
    const follower = new FeedFollower(await member.feed(partition), tenant, 0);
    await follower.received(5);
    await follower.stop();
    await member.leave();
    const second = await relayed(5);
    await expire('all');
    const third = await relayed(5);

    expect(await readBehind(first.at(-1) ?? 0, 10)).toEqual([...second, ...third]);
  });

  it('misses nothing when it was set back behind its bookmark', async () => {
    const positions = await relayed(5);
    const member = await MemberOfTest.join(topic, store);
    const follower = new FeedFollower(await member.feed(partition), tenant, 0);
    await follower.received(5);
    await bookmarked();
    await follower.stop();
    await member.leave();

    expect(await readBehind(positions[0] ?? 0, 4)).toEqual(positions.slice(1));
    expect(await readBehind(0, 5)).toEqual(positions);
  });

  it('misses nothing when the whole topic was lost', async () => {
    const before = await relayed(10);
    await relay.stop();
    await admin.deleteTopics({ topics: [topic.name] });
    await topic.close();
    const settings = settingsOfTest(topic.name);
    await madeAnew(settings);
    topic = await EventsTopic.open(settings, unheard);
    relay = await RelayOfTest.start(topic, store);
    await relay.isThrough();

    expect(await readBehind(before[3] ?? 0, 6)).toEqual(before.slice(4));
    const after = await relayed(3);
    expect(await readBehind(before[3] ?? 0, 9)).toEqual([...before.slice(4), ...after]);
  });

  it('passes over what is no event of ours, and says so', async () => {
    const producer = topic.kafka.producer();
    await producer.connect();
    const before = await relayed(2);
    await producer.send({ topic: topic.name, messages: [{ partition, key: tenant, value: 'whatever' }] });
    const after = await relayed(2);
    const member = await MemberOfTest.join(topic, store);
    const follower = new FeedFollower(await member.feed(partition), tenant, 0);

    const received = await follower.received(4);

    expect(received.map(({ position }) => position)).toEqual([...before, ...after]);
    expect(member.unreadable).toHaveLength(1);
    await follower.stop();
    await member.leave();
    await producer.disconnect();
  });

  async function bookmarked(): Promise<void> {
    await eventually('the group has a bookmark', async () => {
      return (await topic.bookmark(`${topic.name}.readers`, partition)) !== undefined;
    });
  }

  /** Kafka deletes a topic in its own time, and makes one: it may be there and not yet tell how it is. */
  async function madeAnew(settings: ReturnType<typeof settingsOfTest>): Promise<void> {
    await eventually('the topic is gone', async () => !(await admin.listTopics()).includes(settings.topic));
    const ensure = () => ensureTopic(settings, { partitions: 2, retention: 3_600_000 }, unheard);
    await eventually('it is there again', () =>
      ensure().then(
        () => true,
        () => false,
      ),
    );
  }
});
