import { EVENTS_TOPIC } from '@sillage/contracts/asyncapi';
import type { Admin, Kafka } from 'kafkajs';
import { type KafkaSettings, type KafkaTells, kafkaClient } from './connection.js';
import { partitionOf } from './partition-of.js';

/** Offsets of a partition: of the oldest record there is, and of the next that will be. Equal when there is none. */
export interface PartitionBounds {
  readonly low: bigint;
  readonly high: bigint;
}

/** What a group has noted for a partition: where to go on, and the position of the event before. */
export interface Bookmark {
  readonly offset: bigint;
  readonly position: number;
}

/** The topic of all public events, and the brokers that have it. */
export class EventsTopic {
  private constructor(
    readonly kafka: Kafka,
    private readonly admin: Admin,
    readonly name: string,
    readonly partitions: number,
  ) {}

  /** @throws TopicMissing; an error of kafkajs when no broker can be reached. */
  static async open(settings: KafkaSettings, tell: KafkaTells): Promise<EventsTopic> {
    const { topic: name = EVENTS_TOPIC } = settings;
    const kafka = kafkaClient(settings, tell);
    const admin = kafka.admin();
    await admin.connect();
    try {
      if (!(await admin.listTopics()).includes(name)) throw new TopicMissing(name);
      const { topics } = await admin.fetchTopicMetadata({ topics: [name] });
      return new EventsTopic(kafka, admin, name, topics[0]?.partitions.length ?? 0);
    } catch (error) {
      await admin.disconnect();
      throw error;
    }
  }

  partitionOf(tenant: string): number {
    return partitionOf(tenant, this.partitions);
  }

  /** By partition. */
  async bounds(): Promise<ReadonlyMap<number, PartitionBounds>> {
    const offsets = await this.admin.fetchTopicOffsets(this.name);
    return new Map(offsets.map(({ partition, low, high }) => [partition, { low: BigInt(low), high: BigInt(high) }]));
  }

  /** Undefined when the group has noted nothing yet. */
  async bookmark(groupId: string, partition: number): Promise<Bookmark | undefined> {
    const [ofTopic] = await this.admin.fetchOffsets({ groupId, topics: [this.name] });
    const found = ofTopic?.partitions.find((candidate) => candidate.partition === partition);
    if (!found?.metadata || Number(found.offset) < 0) return undefined;
    return { offset: BigInt(found.offset), position: Number(found.metadata) };
  }

  close(): Promise<void> {
    return this.admin.disconnect();
  }
}

/** A topic that comes into being by being asked for would have the wrong number of partitions for ever. */
export class TopicMissing extends Error {
  constructor(readonly topic: string) {
    super(`there is no topic ${topic}: \`sillage topics\` makes it`);
    this.name = 'TopicMissing';
  }
}
