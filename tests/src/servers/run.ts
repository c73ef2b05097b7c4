import type { ServerVariable } from '@sillage/kernel/testing';
import { dockerContainers } from './docker.js';
import { ServersOfRun, type Start, type Ways } from './servers-of-run.js';
import { startStandIn } from './stand-in.js';

/** For Jest, which calls one module before the first spec and another one behind the last. */
let servers: ServersOfRun | undefined;

export async function openServers(): Promise<void> {
  servers = await ServersOfRun.open(waysHere());
  process.env.SILLAGE_TEST_SERVERS = servers.url;
}

export async function closeServers(): Promise<void> {
  await servers?.stop();
}

/**
 * Where Docker is, the three servers are containers. Where it is not, a Kafka broker is started from its jars; the others
 * have stand-ins that are so cheap that each spec has its own.
 */
function waysHere(): Ways {
  let containers: ReturnType<typeof dockerContainers> | undefined;
  const container =
    (variable: ServerVariable): Start =>
    async () => {
      // Looked for once, and not before a spec asks.
      containers ??= dockerContainers();
      const start = (await containers)?.[variable];
      return start === undefined ? { missing: 'no Docker engine answers' } : start().catch(complain(variable));
    };
  return {
    EVENTSTOREDB_URL: [container('EVENTSTOREDB_URL')],
    KAFKA_BROKERS: [container('KAFKA_BROKERS'), () => startStandIn('KAFKA_BROKERS')],
    MONGODB_URI: [container('MONGODB_URI')],
  };
}

/** Said at once: specs that have a stand-in of their own run all the same, and would hide it. */
function complain(variable: ServerVariable): (error: Error) => { readonly missing: string } {
  return ({ message }) => {
    const missing = `Docker could not start it: ${message}`;
    process.stderr.write(`sillage: ${variable} is not set, and ${missing}\n`);
    return { missing };
  };
}
