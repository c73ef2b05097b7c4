import { rmSync } from 'node:fs';
import { describe } from '@jest/globals';
import { type FoundServer, notRun, type ServerVariable, serverOf } from '@sillage/kernel/testing';
import { temporaryDirectory } from '../server.js';
import type { StartedServer } from '../servers/containers.js';
import { startStandIn } from '../servers/stand-in.js';

/** Where the three servers are, by the variables that processes are told it by. */
export interface Servers {
  readonly EVENTSTOREDB_URL: string;
  readonly KAFKA_BROKERS: string;
  readonly MONGODB_URI: string;
  stop(): Promise<void>;
}

/**
 * The servers that the run has; in the place of EventStoreDB and of MongoDB, where it has none, stand-ins that are started
 * here. Where one cannot be had, what is missing.
 */
export async function findServers(): Promise<Servers | { readonly missing: string }> {
  const folder = temporaryDirectory();
  const found = await Promise.all([
    ofRunOr('EVENTSTOREDB_URL', () => startStandIn('EVENTSTOREDB_URL', ['--data', folder])),
    serverOf('KAFKA_BROKERS'),
    ofRunOr('MONGODB_URI', () => startStandIn('MONGODB_URI')),
  ]);
  const stop = async () => {
    await Promise.all(found.map((server) => ('stop' in server ? server.stop() : undefined)));
    rmSync(folder, { recursive: true, force: true });
  };
  const [eventStore, kafka, mongo] = found;
  if ('at' in eventStore && 'at' in kafka && 'at' in mongo) {
    return { EVENTSTOREDB_URL: eventStore.at, KAFKA_BROKERS: kafka.at, MONGODB_URI: mongo.at, stop };
  }
  await stop();
  return { missing: found.flatMap((server) => ('missing' in server ? server.missing : [])).join(', and ') };
}

/** A block of tests that need the servers; where one cannot be had, the run counts that they were not run, and why. */
export async function describeOnServers(title: string, specification: (servers: Servers) => void): Promise<void> {
  const servers = await findServers();
  if ('missing' in servers) notRun(title, servers.missing);
  else describe(title, () => specification(servers));
}

async function ofRunOr(
  variable: ServerVariable,
  startOwn: () => Promise<StartedServer | { readonly missing: string }>,
): Promise<FoundServer | StartedServer> {
  const ofRun = await serverOf(variable);
  if ('at' in ofRun) return ofRun;
  const own = await startOwn();
  return 'at' in own ? own : { missing: `${ofRun.missing}, and ${own.missing}` };
}
