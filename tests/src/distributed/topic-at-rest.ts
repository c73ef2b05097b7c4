import { setTimeout as passing } from 'node:timers/promises';
import { Publisher } from '@sillage/event-feed';
import { EventsTopic } from '@sillage/event-feed/kafka';
import { openEventStoreDb } from '@sillage/event-store/eventstoredb';
import { newId } from '@sillage/kernel';
import { kafkaServers } from '@sillage/platform';
import { RECORD_TYPES } from '@sillage/record-types';

/** Milliseconds that the relay has to publish what is stored, and that reading all of it may take. */
const TIME_TO_READ = 60_000;

/** Positions of events, by tenant. */
export type Positions = ReadonlyMap<string, readonly number[]>;

/** What others may see of the events in the store. */
export async function publicEvents(environment: NodeJS.ProcessEnv): Promise<Positions> {
  const { EVENTSTOREDB_URL: url = '', SILLAGE_STREAM_PREFIX: prefix = '' } = environment;
  const store = await openEventStoreDb({ url, prefix });
  try {
    const publisher = new Publisher(RECORD_TYPES, store);
    const found = new Map<string, number[]>();
    for (let after = 0; ; ) {
      const stored = await store.readAll({ after, limit: 1_000 });
      for (const event of await publisher.publish(stored)) note(found, event.tenant, event.position);
      const last = stored.at(-1);
      if (last === undefined) return found;
      after = last.position;
    }
  } finally {
    await store.close();
  }
}

/**
 * What a reader has of the topic who skips, as each must, what is not newer than the last of its partition; as soon as that
 * is so many events.
 */
export async function topicEvents(environment: NodeJS.ProcessEnv, count: number): Promise<Positions> {
  const topic = await EventsTopic.open(kafkaServers(environment), () => {});
  const consumer = topic.kafka.consumer({ groupId: `test-${newId()}`, maxWaitTimeInMs: 100 });
  const found = new Map<string, number[]>();
  const reached = new Map<number, number>();
  let read = 0;
  try {
    await consumer.connect();
    await consumer.subscribe({ topics: [topic.name], fromBeginning: true });
    await consumer.run({
      eachMessage: async ({ partition, message: { headers } }) => {
        const [tenant, position] = [String(headers?.ce_tenant), Number(headers?.ce_position)];
        if (position <= (reached.get(partition) ?? 0)) return;
        reached.set(partition, position);
        note(found, tenant, position);
        read += 1;
      },
    });
    const deadline = performance.now() + TIME_TO_READ;
    while (read < count && performance.now() < deadline) await passing(50);
    return found;
  } finally {
    await consumer.disconnect();
    await topic.close();
  }
}

function note(found: Map<string, number[]>, tenant: string, position: number): void {
  const positions = found.get(tenant);
  if (positions === undefined) found.set(tenant, [position]);
  else positions.push(position);
}
