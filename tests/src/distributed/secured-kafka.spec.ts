import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { EventsTopic } from '@sillage/event-feed/kafka';
import { eventually } from '@sillage/event-store/testing';
import { notRun } from '@sillage/kernel/testing';
import { kafkaServers } from '@sillage/platform';
import { KafkaCluster } from './kafka-cluster.js';
import { findServers, type Servers } from './servers.js';
import { publicEvents, topicEvents } from './topic-at-rest.js';
import { SillageUnderLoad } from './under-load.js';

const TITLE = 'the distributed profile, over a Kafka of three brokers with TLS and SASL,';

const servers = await findServers();
const cluster = await KafkaCluster.start();

if ('missing' in servers) notRun(TITLE, servers.missing);
else if ('missing' in cluster) notRun(TITLE, cluster.missing);
else describe(TITLE, () => specification(servers, cluster));

function specification(servers: Servers, kafka: KafkaCluster): void {
  let under: SillageUnderLoad;

  beforeAll(async () => {
    under = await SillageUnderLoad.start(servers, { counts: { reporting: 2, relay: 2 }, more: kafka.environment });
  }, 90_000);
  afterAll(async () => {
    await under.end();
    await kafka.stop();
    await servers.stop();
  }, 30_000);

  const settings = (more: NodeJS.ProcessEnv = {}) => kafkaServers({ ...under.sillage.environment, ...more });

  /** Whether every partition has all of its copies. */
  async function isWhole(): Promise<boolean> {
    const topic = await EventsTopic.open(settings(), () => {});
    const admin = topic.kafka.admin();
    try {
      await admin.connect();
      const { topics } = await admin.fetchTopicMetadata({ topics: [topic.name] });
      return topics.every(({ partitions }) =>
        partitions.every(({ isr }) => isr.length === KafkaCluster.BROKERS.length),
      );
    } finally {
      await admin.disconnect();
      await topic.close();
    }
  }

  it('loses each broker in turn, and with it leaders; nothing is lost, nothing comes twice, all is caught up', async () => {
    await under.begin();
    for (const broker of KafkaCluster.BROKERS) {
      await under.moreWrites(60);
      await kafka.kill(broker);
      await under.moreWrites(60);
      await under.recovered(performance.now());
      await kafka.restart(broker);
      await eventually('every partition has its three copies again', isWhole);
    }
    await under.expectNothingWrong();
    const stored = await publicEvents(under.sillage.environment);
    const count = [...stored.values()].flat().length;
    expect(count).toBeGreaterThan(300);
    expect(await topicEvents(under.sillage.environment, count)).toEqual(stored);
  }, 400_000);

  it.each(['plain', 'scram-sha-256', 'scram-sha-512'])(
    'lets in who knows the password, by %s',
    async (mechanism) => {
      const topic = await EventsTopic.open(settings({ KAFKA_SASL_MECHANISM: mechanism }), () => {});
      expect(topic.partitions).toBeGreaterThan(1);
      await topic.close();
      const stranger = settings({ KAFKA_SASL_MECHANISM: mechanism, KAFKA_PASSWORD: 'a guess' });
      await expect(EventsTopic.open(stranger, () => {})).rejects.toThrow(/authentication failed/i);
    },
    30_000,
  );

  it('is not spoken to when its certificate comes from somebody else', async () => {
    const { ca: _, ...trusting } = settings();
    await expect(EventsTopic.open(trusting, () => {})).rejects.toThrow(/self-signed certificate/);
  }, 60_000);
}
