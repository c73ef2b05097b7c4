import { inProject } from '../processes/project.js';
import type { Workspace } from '../processes/workspace.js';

/** Where the three servers are, and what they are: without it the figures say nothing. */
export interface Servers {
  readonly eventStoreUrl: string;
  readonly brokers: string;
  readonly mongoUri: string;
  /** A line each. */
  readonly described: readonly string[];
}

/** Those that the variables name, else what tests run on. @throws when one cannot be started here. */
export async function startServers(workspace: Workspace, env: NodeJS.ProcessEnv): Promise<Servers> {
  const [eventStore, kafka, mongo] = [
    await given(env.EVENTSTOREDB_URL, 'EventStoreDB', () => startEventStore(workspace)),
    await given(env.KAFKA_BROKERS, 'Kafka', () => startKafka(workspace)),
    await given(env.MONGODB_URI, 'MongoDB', () => startMongo(workspace)),
  ];
  const described = [eventStore, kafka, mongo].map(({ name, kind }) => `${name}: ${kind}.`);
  return { eventStoreUrl: eventStore.place, brokers: kafka.place, mongoUri: mongo.place, described };
}

interface Server {
  readonly name: string;
  readonly place: string;
  readonly kind: string;
}

async function given(
  place: string | undefined,
  name: string,
  start: () => Promise<Omit<Server, 'name'>>,
): Promise<Server> {
  return place ? { name, place, kind: 'the server that was given' } : { name, ...(await start()) };
}

async function startEventStore(workspace: Workspace): Promise<Omit<Server, 'name'>> {
  const program = inProject('libs/event-store/dist/eventstoredb/testing/server/program.js');
  const command = [program, '--data', workspace.newFolder('eventstoredb')];
  const { origin: place } = await workspace.start({ command, ready: /^(esdb:\S+)$/m });
  return { place, kind: 'the test server, which speaks its protocol over SQLite; not an EventStoreDB' };
}

async function startKafka(workspace: Workspace): Promise<Omit<Server, 'name'>> {
  const command = [inProject('tests/servers/kafka/main.js')];
  const { origin: place } = await workspace.start({ command, ready: /^KAFKA_BROKERS=(\S+)$/m });
  return { place, kind: 'a real broker, one node on this machine, each record kept once' };
}

async function startMongo(workspace: Workspace): Promise<Omit<Server, 'name'>> {
  const command = [inProject('tests/servers/mongodb/start.js')];
  const { origin: place } = await workspace.start({ command, ready: /^(mongodb:\S+)$/m });
  return { place, kind: 'the test server, which speaks its protocol in the memory of a Java program; not a MongoDB' };
}
