import type { RecordMetadata } from 'kafkajs';
import type { TopicProducer } from '../relay/relay-topic.js';
import { type EventMessage, toMessage } from './event-message.js';
import type { EventsTopic } from './events-topic.js';
import { CompressionTypes, Partitioners } from './kafkajs.js';

/** Records of one partition that are sent together are one batch to the broker, which takes 1 MiB unless told otherwise. */
const MOST_BYTES = 900 * 1024;

/** Of the headers, about; they can be longer by an actor's name. */
const BYTES_OF_HEADERS = 700;

/** -1: all replicas in sync. */
const ALL_REPLICAS = -1;

/**
 * A producer that sends each message once, in order, as long as it does not fail. kafkajs repeats a send a few times by
 * itself; a failure beyond that is the relay's to deal with.
 */
export async function openProducer({ kafka, name: topic }: EventsTopic): Promise<TopicProducer> {
  const producer = kafka.producer({
    idempotent: true,
    maxInFlightRequests: 1,
    createPartitioner: Partitioners.DefaultPartitioner,
    allowAutoTopicCreation: false,
    retry: { retries: 4 },
  });
  await producer.connect();
  return {
    send: async (events) => {
      // One awaited send at a time: those of an idempotent producer that overlap can be acknowledged and lost
      // (kafkajs#1005).
      for (const messages of parcels(events.map(toMessage))) {
        const sent = await producer.send({ topic, messages, acks: ALL_REPLICAS, compression: CompressionTypes.None });
        requireAll(messages, sent);
      }
    },
    close: () => producer.disconnect(),
  };
}

/**
 * Looks whether each partition that there are messages for has acknowledged them. When a leader moves, kafkajs does not
 * repeat what it had for it if the new one has already answered for other partitions (`producer/sendMessages.js` asks each
 * broker once; kafkajs#1303), and says that all was sent.
 * @throws Error when there is one that has not; what the others have acknowledged is in the topic.
 */
export function requireAll(
  messages: readonly Pick<EventMessage, 'partition'>[],
  sent: readonly Pick<RecordMetadata, 'partition'>[],
): void {
  const acknowledged = new Set(sent.map(({ partition }) => partition));
  const left = new Set(messages.map(({ partition }) => partition).filter((partition) => !acknowledged.has(partition)));
  if (left.size > 0) throw new Error(`nobody has acknowledged what was sent to the partitions ${[...left].join(', ')}`);
}

/** Splits messages into parcels of limited size, each of one message at least. */
export function parcels<M extends Pick<EventMessage, 'value'>>(messages: readonly M[]): M[][] {
  const all: M[][] = [];
  let bytes = MOST_BYTES;
  for (const message of messages) {
    const size = Buffer.byteLength(message.value) + BYTES_OF_HEADERS;
    if (bytes + size > MOST_BYTES) {
      all.push([]);
      bytes = 0;
    }
    all.at(-1)?.push(message);
    bytes += size;
  }
  return all;
}
