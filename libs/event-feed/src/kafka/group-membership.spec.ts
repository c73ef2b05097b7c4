import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, it } from '@jest/globals';
import { openSqliteEventStore } from '@sillage/event-store/sqlite';
import { eventually } from '@sillage/event-store/testing';
import { aTenant, Notes } from '../testing/index.js';
import type { AssignedPartition } from './consume.js';
import { standByAsRelay } from './stand-by.js';
import { describeOnKafka } from './testing/on-kafka.js';
import { MemberOfTest, RelayOfTest } from './testing/relays-and-readers.js';
import { StoreAndTopic } from './testing/store-and-topic.js';

const PARTITIONS = 4;

const openStore = (folder: string) => openSqliteEventStore({ file: join(folder, 'events.db') });

describeOnKafka('the members of a group', () => {
  const test = new StoreAndTopic({ partitions: PARTITIONS, openStore });

  const partitionsOf = (members: readonly MemberOfTest[]) =>
    members.flatMap(({ assigned }) => [...assigned.keys()]).toSorted((a, b) => a - b);

  it('share the partitions, each given to one, and take over those of one that leaves', async () => {
    const one = await MemberOfTest.join(test.topic, test.store);
    await eventually('the only member has all', () => one.assigned.size === PARTITIONS);
    const other = await MemberOfTest.join(test.topic, test.store);
    await eventually('each has half of them', () => one.assigned.size === 2 && other.assigned.size === 2);
    expect(partitionsOf([one, other])).toEqual([0, 1, 2, 3]);

    await one.leave();

    await eventually('the other has all', () => other.assigned.size === PARTITIONS);
    expect(one.assigned.size).toBe(0);
    await other.leave();
  });

  it('end the work in hand before another begins on the partition', async () => {
    const relay = await RelayOfTest.start(test.topic, test.store);
    const workers = new Map<number, string>();
    const handedOver: number[] = [];
    let inHand = 0;
    /** Takes its time over each batch, and finishes the one in hand when it is to end. */
    const working =
      (name: string) =>
      async ({ partition, feed, signal }: AssignedPartition) => {
        if (workers.has(partition)) handedOver.push(partition);
        expect(workers.get(partition) ?? 'nobody').toBe('nobody');
        workers.set(partition, name);
        for await (const _ of feed.follow({ after: 0, signal })) {
          inHand += 1;
          await sleep(1_500);
        }
        workers.set(partition, 'nobody');
      };
    const one = await MemberOfTest.join(test.topic, test.store, { onAssigned: working('one') });
    for (const tenant of tenantOfEachPartition()) await new Notes(test.store, tenant).create({ title: 'One' });
    await eventually('there is a batch in hand in each partition', () => inHand === PARTITIONS);

    const other = await MemberOfTest.join(test.topic, test.store, { onAssigned: working('other') });

    await eventually('the other works on half of them', () => {
      return [...workers.values()].filter((name) => name === 'other').length === PARTITIONS / 2;
    });
    expect(handedOver.length).toBeGreaterThanOrEqual(PARTITIONS / 2);
    await Promise.all([one.leave(), other.leave()]);
    expect([one.losses, other.losses]).toEqual([[], []]);
    await relay.stop();
  });

  function tenantOfEachPartition(): readonly string[] {
    const tenants = new Map<number, string>();
    while (tenants.size < PARTITIONS) {
      const tenant = aTenant();
      tenants.set(test.topic.partitionOf(tenant), tenant);
    }
    return [...tenants.values()];
  }

  it('are lost when their work fails, and are no members by the time they say so', async () => {
    let wasMember: boolean | undefined;
    const member: MemberOfTest = await MemberOfTest.join(test.topic, test.store, {
      onAssigned: async () => {
        await sleep(50);
        throw new Error('out of order');
      },
      onLoss: (reason) => {
        wasMember = member.isMember;
        member.losses.push(reason);
      },
    });

    await eventually('it is lost', () => member.losses.length > 0);

    expect(member.losses).toEqual([new Error('out of order')]);
    expect(wasMember).toBe(false);
    await member.leave();
  });

  it('are lost when kafkajs gives them up', async () => {
    // A group whose members cannot agree how to share the partitions lets no more in.
    const reader = await MemberOfTest.join(test.topic, test.store, { groupId: `${test.topic.name}.relay` });
    const losses: unknown[] = [];
    const options = { relay: async () => {}, onRole: () => {}, onLoss: (reason: unknown) => losses.push(reason) };

    const membership = await standByAsRelay(test.topic, options);

    await eventually('it is lost', () => losses.length > 0);
    expect(losses).toEqual([expect.objectContaining({ type: 'INCONSISTENT_GROUP_PROTOCOL' })]);
    expect(membership.isMember).toBe(false);
    await reader.leave();
    await membership.leave();
  });
});

describeOnKafka('relays of one topic', () => {
  const test = new StoreAndTopic({ partitions: PARTITIONS, openStore });

  it('are active one at a time; one that joins does not disturb, one that leaves is replaced', async () => {
    const notes = new Notes(test.store, aTenant());
    const one = await RelayOfTest.start(test.topic, test.store);
    await eventually('the first is active', () => one.roles.at(-1) === 'active');
    const other = await RelayOfTest.start(test.topic, test.store);
    await eventually('the second stands by', () => other.roles.at(-1) === 'standing-by');
    await notes.create({ title: 'One' });
    await one.isThrough();
    expect(one.roles.at(-1)).toBe('active');

    await one.stop();

    await eventually('the second is active', () => other.roles.at(-1) === 'active');
    await notes.create({ title: 'Two' });
    await other.isThrough();
    const bounds = [...(await test.topic.bounds()).values()];
    expect(bounds.reduce((sum, { low, high }) => sum + high - low, 0n)).toBe(2n);
    await other.stop();
  });
});
