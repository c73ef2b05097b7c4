import { once } from 'node:events';
import { createServer } from 'node:net';
import type { ServerVariable } from '@sillage/kernel/testing';
import { GenericContainer, getContainerRuntimeClient, Wait } from 'testcontainers';
import { type ComposeServerName, composeServer } from './compose-file.js';

/** A server that was started for the tests. */
export interface StartedServer {
  /** Where it is, as its variable tells it. */
  readonly at: string;
  stop(): Promise<unknown>;
}

/** Milliseconds, once the image is there: the slowest is ready in ten seconds on a quiet machine. */
const TIME_TO_START = 180_000;

/**
 * Starts a server in a container, from the image and with the settings that Docker Compose has.
 * @throws Error when Docker cannot: the image is not to be had, or the server does not get ready.
 */
export const startContainer: { readonly [Name in ServerVariable]: () => Promise<StartedServer> } = {
  EVENTSTOREDB_URL: async () => {
    const container = server('eventstoredb').withExposedPorts(2113);
    const started = await container
      .withWaitStrategy(Wait.forHttp('/health/live', 2113).forStatusCodeMatching((code) => code < 300))
      .start();
    return { at: `esdb://${started.getHost()}:${started.getMappedPort(2113)}?tls=false`, stop: () => started.stop() };
  },
  KAFKA_BROKERS: async () => {
    // A broker tells its clients where it is, so that it must know before it starts which port it has outside.
    const { host } = (await getContainerRuntimeClient()).info.containerRuntime;
    const port = await freePort();
    const container = server('kafka', {
      KAFKA_ADVERTISED_LISTENERS: `INSIDE://kafka:19092,OUTSIDE://${host}:${port}`,
      // Members of groups come, go and freeze in tests.
      KAFKA_GROUP_MIN_SESSION_TIMEOUT_MS: '1000',
      KAFKA_OFFSETS_TOPIC_NUM_PARTITIONS: '1',
    });
    const started = await container
      .withHostname('kafka')
      .withExposedPorts({ container: 9092, host: port })
      .withWaitStrategy(Wait.forLogMessage('Kafka Server started'))
      .start();
    return { at: `${host}:${port}`, stop: () => started.stop() };
  },
  MONGODB_URI: async () => {
    const container = server('mongodb').withExposedPorts(27_017);
    const started = await container.withWaitStrategy(Wait.forLogMessage('Waiting for connections')).start();
    return { at: `mongodb://${started.getHost()}:${started.getMappedPort(27_017)}`, stop: () => started.stop() };
  },
};

function server(name: ComposeServerName, more: { readonly [name: string]: string } = {}): GenericContainer {
  const { image, platform, environment } = composeServer(name);
  const container = new GenericContainer(image)
    .withEnvironment({ ...environment, ...more })
    .withStartupTimeout(TIME_TO_START);
  return platform === undefined ? container : container.withPlatform(platform);
}

async function freePort(): Promise<number> {
  const holder = createServer().listen(0);
  await once(holder, 'listening');
  const address = holder.address();
  holder.close();
  if (address === null || typeof address === 'string') throw new Error('no port is free');
  return address.port;
}
