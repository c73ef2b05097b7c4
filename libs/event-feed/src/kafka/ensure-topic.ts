import { setTimeout as passing } from 'node:timers/promises';
import { EVENTS_TOPIC } from '@sillage/contracts/asyncapi';
import type { Admin } from 'kafkajs';
import { type KafkaSettings, type KafkaTells, kafkaClient } from './connection.js';
import { ConfigResourceTypes, KafkaJSProtocolError } from './kafkajs.js';

export interface TopicPlan {
  /** It cannot be changed later: tenants would change their partition. */
  readonly partitions: number;
  /** Copies of each record; 3, or one for each broker where there are fewer, unless given. */
  readonly replication?: number | undefined;
  /** How long records are kept, in milliseconds. */
  readonly retention: number;
}

/** Something about a topic that is not as it is planned. */
export interface TopicDifference {
  /** `partitions`, `replication`, or the name of a setting of Kafka's. */
  readonly what: string;
  readonly planned: string;
  readonly found: string;
}

export interface EnsuredTopic {
  readonly name: string;
  readonly isNew: boolean;
  readonly partitions: number;
  readonly replication: number;
  /** Of a topic that was there before. Nothing is done about them. */
  readonly differences: readonly TopicDifference[];
}

/** Bytes. A public event holds the record twice at most, and a body is 1 MiB at most. */
const LARGEST_MESSAGE = 8 * 1024 * 1024;

/** Milliseconds. */
const TIME_TO_BE_LED = 30_000;

/** What a broker says of a topic that was made just now. */
const EARLY: readonly string[] = ['UNKNOWN_TOPIC_OR_PARTITION', 'LEADER_NOT_AVAILABLE'];

/** Makes the topic unless it is there; says then where it is not as planned. May be repeated. */
export async function ensureTopic(settings: KafkaSettings, plan: TopicPlan, tell: KafkaTells): Promise<EnsuredTopic> {
  const { topic: name = EVENTS_TOPIC } = settings;
  const admin = kafkaClient(settings, tell).admin();
  await admin.connect();
  try {
    const replication = plan.replication ?? Math.min(3, (await admin.describeCluster()).brokers.length);
    const configuration = configurationOf(plan, replication);
    const configEntries = Object.entries(configuration).map(([key, value]) => ({ name: key, value }));
    const topic = { topic: name, numPartitions: plan.partitions, replicationFactor: replication, configEntries };
    const isThere = (await admin.listTopics()).includes(name);
    const isNew = !isThere && (await admin.createTopics({ topics: [topic], waitForLeaders: false }));
    await untilLed(admin, name);
    const planned = { partitions: String(plan.partitions), replication: String(replication), ...configuration };
    const found = await describe(admin, name, Object.keys(configuration));
    const differences = Object.entries(planned)
      .map(([what, value]) => ({ what, planned: value, found: found.get(what) ?? 'nothing' }))
      .filter((setting) => setting.planned !== setting.found);
    return { name, isNew, partitions: plan.partitions, replication, differences };
  } finally {
    await admin.disconnect();
  }
}

/**
 * Waits until every partition has its leader. kafkajs would by itself, but gives up at a broker that has not yet heard of
 * the topic, which is so for a moment when there are several.
 */
async function untilLed(admin: Admin, name: string): Promise<void> {
  const deadline = performance.now() + TIME_TO_BE_LED;
  for (;;) {
    try {
      await admin.fetchTopicMetadata({ topics: [name] });
      return;
    } catch (error) {
      const isEarly = error instanceof KafkaJSProtocolError && EARLY.includes(error.type);
      if (!isEarly || performance.now() > deadline) throw error;
    }
    await passing(100);
  }
}

function configurationOf({ retention }: TopicPlan, replication: number): { readonly [name: string]: string } {
  return {
    'cleanup.policy': 'delete',
    'retention.ms': String(retention),
    'max.message.bytes': String(LARGEST_MESSAGE),
    // One replica may be away, and what is acknowledged is on two all the same.
    'min.insync.replicas': replication >= 3 ? '2' : '1',
  };
}

async function describe(admin: Admin, name: string, configNames: string[]): Promise<ReadonlyMap<string, string>> {
  const { topics } = await admin.fetchTopicMetadata({ topics: [name] });
  const { resources } = await admin.describeConfigs({
    includeSynonyms: false,
    resources: [{ type: ConfigResourceTypes.TOPIC, name, configNames }],
  });
  const partitions = topics[0]?.partitions ?? [];
  return new Map([
    ['partitions', String(partitions.length)],
    ['replication', String(partitions[0]?.replicas.length ?? 0)],
    ...(resources[0]?.configEntries ?? []).map(({ configName, configValue }) => [configName, configValue] as const),
  ]);
}
