import { Publisher } from '@sillage/event-feed';
import { LogEventFeed } from '@sillage/event-feed/in-process';
import { EVENTS_TOPIC, partitionOf } from '@sillage/event-feed/kafka';
import { readRelayCheckpoint } from '@sillage/event-feed/relay';
import type { EventLog } from '@sillage/event-store';
import { type EventStoreDbEventStore, openEventStoreDb } from '@sillage/event-store/eventstoredb';
import { streamPrefix } from '@sillage/platform';
import { RECORD_TYPES } from '@sillage/record-types';
import type { Partitioning } from '@sillage/reporting';
import { asFailure } from './as-failure.js';
import { Failure } from './failure.js';
import type { Stores } from './stores.js';
import { withTemporaryViews } from './temporary-views.registration.js';
import { openDistributedViews } from './views.registration.js';

/** @throws Failure when it cannot be reached. */
export async function openServer(url: string, env: NodeJS.ProcessEnv): Promise<EventStoreDbEventStore> {
  try {
    const prefix = streamPrefix(env);
    return await openEventStoreDb({ url, ...(prefix === undefined ? {} : { prefix }) });
  } catch (error) {
    throw asFailure(error);
  }
}

/** @throws Failure when it is not said where a server is, one cannot be reached, or the relay has never run. */
export async function openDistributedStores(env: NodeJS.ProcessEnv): Promise<Stores> {
  if (!env.EVENTSTOREDB_URL) throw new Failure('EVENTSTOREDB_URL is not set');
  const { generations, lock, close: closeViews } = await openDistributedViews(env);
  const log = await openServer(env.EVENTSTOREDB_URL, env).catch(async (error: unknown) => {
    await closeViews();
    throw error;
  });
  const close = async (): Promise<void> => {
    await log.close();
    await closeViews();
  };
  try {
    return {
      log,
      feed: new LogEventFeed(log, new Publisher(RECORD_TYPES, log)),
      generations,
      partitioning: await partitioningOf(log, env.KAFKA_TOPIC || EVENTS_TOPIC),
      readGeneration: async (generation, read) => read(await generations.read(generation)),
      withTemporaryViews,
      lockRebuild: () => lock('rebuild'),
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}

/** As many partitions as the topic has: the relay has noted it, and works with no other number. */
async function partitioningOf(log: Pick<EventLog, 'readLast'>, topic: string): Promise<Partitioning> {
  const { partitions } = await readRelayCheckpoint(log, topic).catch((error: unknown) => {
    throw asFailure(error);
  });
  if (partitions === 0) {
    throw new Failure(
      `the relay has never run for the topic ${topic}: there are no views of it (is KAFKA_TOPIC right?)`,
    );
  }
  return { partitions, partitionOf: (tenant) => partitionOf(tenant, partitions) };
}
