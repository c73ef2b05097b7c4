import { EVENTS_TOPIC } from '@sillage/contracts/asyncapi';
import { type KeyStore, MasterKeys, type SealedStore, sealedStore } from '@sillage/erasure';
import { openMongoKeyStore } from '@sillage/erasure/mongodb';
import { Publisher } from '@sillage/event-feed';
import { LogEventFeed } from '@sillage/event-feed/in-process';
import { partitionOf } from '@sillage/event-feed/kafka';
import { readRelayCheckpoint } from '@sillage/event-feed/relay';
import type { EventLog } from '@sillage/event-store';
import { openEventStoreDb } from '@sillage/event-store/eventstoredb';
import { givenMasterKeys, keysDatabase, streamPrefix } from '@sillage/platform';
import { RECORD_TYPES } from '@sillage/record-types';
import type { Partitioning } from '@sillage/reporting';
import { openMongoDatabase } from '@sillage/view-store/mongodb';
import { asFailure } from './as-failure.js';
import { Failure } from './failure.js';
import type { Stores } from './stores.js';
import { withTemporaryViews } from './temporary-views.registration.js';
import { openDistributedViews } from './views.registration.js';

/** An event store on a server, with the keys by which its events are sealed. */
export interface SealedServer {
  readonly store: SealedStore;
  readonly keys: KeyStore;
  close(): Promise<void>;
}

/** @throws Failure when it cannot be reached, nor its keys, or it is not said where these are. */
export async function openServer(url: string, env: NodeJS.ProcessEnv): Promise<SealedServer> {
  try {
    const prefix = streamPrefix(env);
    const stored = await openEventStoreDb({ url, ...(prefix === undefined ? {} : { prefix }) });
    const keys = await openKeys(env).catch(async (error: unknown) => {
      await stored.close();
      throw error;
    });
    const masters = new MasterKeys(givenMasterKeys(env));
    const close = async (): Promise<void> => {
      await stored.close();
      await keys.close();
    };
    return { store: sealedStore(stored, { keys, masters, types: RECORD_TYPES, noticeWithin: 0 }), keys, close };
  } catch (error) {
    throw asFailure(error);
  }
}

/** @throws Failure when they cannot be reached, or it is not said where they are. */
export async function openKeys(env: NodeJS.ProcessEnv): Promise<KeyStore> {
  // As with the views, it is not asked whether the way to the server has TLS: the processes have been.
  const place = keysDatabase({ ...env, SILLAGE_INSECURE: 'true' });
  const database = await openMongoDatabase(place).catch((error: unknown) => {
    throw new Failure(`cannot reach the keys in MongoDB: ${error instanceof Error ? error.message : error}`);
  });
  return openMongoKeyStore(database);
}

/** @throws Failure when it is not said where a server is, one cannot be reached, or the relay has never run. */
export async function openDistributedStores(env: NodeJS.ProcessEnv): Promise<Stores> {
  if (!env.EVENTSTOREDB_URL) throw new Failure('EVENTSTOREDB_URL is not set');
  const { generations, lock, close: closeViews } = await openDistributedViews(env);
  const server = await openServer(env.EVENTSTOREDB_URL, env).catch(async (error: unknown) => {
    await closeViews();
    throw error;
  });
  const { store: log } = server;
  const close = async (): Promise<void> => {
    await server.close();
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
