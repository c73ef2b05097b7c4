import type { RelayTopic, TopicProducer } from '../relay/relay-topic.js';
import type { EventsTopic } from './events-topic.js';
import type { PartitionCursor } from './partition-cursor.js';
import { positionIn } from './partition-feed.js';
import { openProducer } from './topic-producer.js';

/** The topic for the relay that all of its partitions are assigned to. */
export class KafkaRelayTopic implements RelayTopic {
  readonly name: string;
  readonly partitions: number;

  constructor(
    private readonly topic: EventsTopic,
    private readonly cursors: ReadonlyMap<number, PartitionCursor>,
    private readonly signal: AbortSignal,
  ) {
    this.name = topic.name;
    this.partitions = topic.partitions;
  }

  partitionOf(tenant: string): number {
    return this.topic.partitionOf(tenant);
  }

  async lastPositions(): Promise<readonly (number | undefined)[]> {
    const bounds = await this.topic.bounds();
    return Promise.all(
      Array.from({ length: this.partitions }, async (_, partition) => {
        const { low, high } = bounds.get(partition) ?? { low: 0n, high: 0n };
        if (low === high) return undefined;
        return positionIn(await this.cursors.get(partition)?.peek(high - 1n, this.signal));
      }),
    );
  }

  openProducer(): Promise<TopicProducer> {
    return openProducer(this.topic);
  }
}
