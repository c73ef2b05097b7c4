import { Publisher } from '@sillage/event-feed';
import { consumeEvents, EventsTopic, ensureTopic } from '@sillage/event-feed/kafka';
import type { EventStore } from '@sillage/event-store';
import { newId } from '@sillage/kernel';
import { RECORD_TYPES } from '@sillage/record-types';

/** Three partitions, of which each test's tenants should be in more than one. */
const PARTITIONS = 3;

const quietly = () => {};

/** What is looked at of an event. */
export interface Seen {
  readonly tenant: string;
  readonly position: number;
}

/** A topic of a test's own, and everything that is in it. */
export class RelayedTopic {
  /** By partition: every message in the order of the topic, repeats included. */
  readonly records: Seen[][] = Array.from({ length: PARTITIONS }, () => []);
  /** By partition: what a follower of the feed is given. */
  readonly followed: Seen[][] = Array.from({ length: PARTITIONS }, () => []);
  private readonly stops: (() => Promise<void>)[] = [];

  private constructor(readonly name: string) {}

  static async open(brokers: string, store: EventStore): Promise<RelayedTopic> {
    const settings = { brokers: brokers.split(','), tls: false, topic: `test-${newId()}` };
    await ensureTopic(settings, { partitions: PARTITIONS, retention: 3_600_000 }, quietly);
    const topic = await EventsTopic.open(settings, quietly);
    const relayed = new RelayedTopic(settings.topic);
    await relayed.readAll(topic);
    await relayed.follow(topic, store);
    relayed.stops.push(() => topic.close());
    return relayed;
  }

  async close(): Promise<void> {
    for (const stop of this.stops) await stop();
  }

  private async readAll({ kafka, name }: EventsTopic): Promise<void> {
    const consumer = kafka.consumer({ groupId: `${name}.all`, maxWaitTimeInMs: 100 });
    await consumer.connect();
    await consumer.subscribe({ topics: [name], fromBeginning: true });
    await consumer.run({
      eachMessage: async ({ partition, message }) => {
        const { ce_tenant: tenant, ce_position: position } = message.headers ?? {};
        this.records[partition]?.push({ tenant: String(tenant), position: Number(position) });
      },
    });
    this.stops.push(() => consumer.disconnect());
  }

  private async follow(topic: EventsTopic, store: EventStore): Promise<void> {
    const membership = await consumeEvents(topic, {
      groupId: `${topic.name}.follower`,
      log: store,
      publisher: new Publisher(RECORD_TYPES, store),
      onAssigned: async ({ partition, feed, signal }) => {
        const after = this.followed[partition]?.at(-1)?.position ?? 0;
        for await (const { events } of feed.follow({ after, signal })) this.followed[partition]?.push(...events);
      },
      onLoss: quietly,
      onUnreadable: quietly,
    });
    this.stops.push(() => membership.leave());
  }
}
