import { once } from 'node:events';
import { createServer } from 'node:net';
import { inProject } from '../processes/project.js';
import { runToEnd } from '../processes/run-to-end.js';
import type { ServerProcess } from '../processes/server-process.js';
import type { Workspace } from '../processes/workspace.js';
import type { Servers } from './servers.js';

/** Those that take messages. */
const SERVICES = ['prospects', 'opportunities', 'accounts', 'interactions', 'reporting'] as const;

/** In base64; what is measured holds no secrets. */
const MASTER_KEY = Buffer.alloc(32, 'bench').toString('base64');

export const TOKEN = 'a-token-for-the-bench-only';

export const TOPIC = 'sillage-bench';

const PARTITIONS = 12;

/** The processes of the distributed profile, one of each that is asked for. */
export class SillageProcesses {
  private constructor(
    private readonly workspace: Workspace,
    private readonly environment: NodeJS.ProcessEnv,
    /** Of those that take messages, by name. */
    private readonly addresses: ReadonlyMap<string, string>,
  ) {}

  /** Makes the topic; starts nothing yet. */
  static async prepare(workspace: Workspace, servers: Servers): Promise<SillageProcesses> {
    const ports = await Promise.all(SERVICES.map(async (name) => [name, `127.0.0.1:${await freePort()}`] as const));
    const addresses = new Map<string, string>(ports);
    const environment = {
      ...Object.fromEntries(ports.map(([name, address]) => [`SILLAGE_SERVICE_${name.toUpperCase()}`, address])),
      EVENTSTOREDB_URL: servers.eventStoreUrl,
      KAFKA_BROKERS: servers.brokers,
      KAFKA_TOPIC: TOPIC,
      MONGODB_URI: servers.mongoUri,
      SILLAGE_ADMIN_TOKEN: TOKEN,
      SILLAGE_INSECURE: 'true',
      SILLAGE_MASTER_KEY: MASTER_KEY,
      SILLAGE_LOG_LEVEL: 'warn',
      SILLAGE_PORT: '0',
      // One tenant's whole load is what is measured.
      SILLAGE_RATE_LIMIT: 'none',
      SILLAGE_TOKEN_RATE_LIMIT: 'none',
    };
    const made = await runToEnd({
      command: [inProject('apps/cli/dist/main.js'), 'topics', '--partitions', String(PARTITIONS)],
      folder: workspace.newFolder('topics'),
      environment,
    });
    if (made.code !== 0) throw new Error(`the topic could not be made: ${made.stderr}`);
    return new SillageProcesses(workspace, environment, addresses);
  }

  start(name: 'gateway' | 'relay' | (typeof SERVICES)[number], profileInto?: string): Promise<ServerProcess> {
    const address = this.addresses.get(name);
    return this.workspace.start({
      command: [inProject(`apps/${name}/dist/main.js`)],
      environment: { ...this.environment, ...(address === undefined ? {} : { SILLAGE_LISTEN: address }) },
      ready: /is ready (?:at|for topic) (\S+)/,
      ...(profileInto === undefined ? {} : { nodeOptions: ['--cpu-prof', `--cpu-prof-dir=${profileInto}`] }),
    });
  }
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (address === null || typeof address === 'string') throw new Error('a server has no port');
  return address.port;
}
