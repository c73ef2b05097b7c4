import { randomBytes } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { ensureTopic } from '@sillage/event-feed/kafka';
import { newId } from '@sillage/kernel';
import { kafkaServers } from '@sillage/platform';
import type { RunningSillage } from '../running-sillage.js';
import { end, freePort, type Running, start } from './running.js';
import type { Servers } from './servers.js';
import { AUDIENCE, TokenIssuer } from './token-issuer.js';

const SERVICES = ['prospects', 'opportunities', 'accounts', 'interactions', 'reporting'] as const;

export const PROCESSES = [...SERVICES, 'relay', 'gateway'] as const;

export type ProcessName = (typeof PROCESSES)[number];

/** More than there are replicas of reporting, so that each has some. */
export const PARTITIONS = 4;

/** One of the replicas of a process: it can end, and start again at the same address. */
export class Replica {
  running: Running | undefined;

  constructor(
    readonly name: ProcessName,
    private readonly environment: NodeJS.ProcessEnv,
  ) {}

  /** @param main the program; that of operation unless another one is to take its place */
  async start(main = `../../../apps/${this.name}/dist/main.js`): Promise<void> {
    this.running = await start(fileURLToPath(new URL(main, import.meta.url)), [], this.environment);
  }

  signal(signal: NodeJS.Signals): void {
    this.running?.process.kill(signal);
  }

  end(signal?: NodeJS.Signals): Promise<number | null> {
    return end(this.running, signal);
  }
}

/** The distributed profile as in operation, but for its servers: every process, over a store, a topic and views of its own. */
export class WholeSillage {
  private constructor(
    readonly replicas: readonly Replica[],
    private readonly issuer: TokenIssuer,
    /** The variables that its processes are told of their servers by. */
    readonly environment: NodeJS.ProcessEnv,
  ) {}

  /**
   * @param counts how many replicas there are of a process; one unless said
   * @param more variables that every process is told beside those of the servers
   */
  static async start(
    { stop: _, ...servers }: Servers,
    counts: { readonly [Name in ProcessName]?: number } = {},
    more: NodeJS.ProcessEnv = {},
  ): Promise<WholeSillage> {
    const name = `test-${newId()}`;
    const issuer = await TokenIssuer.start();
    const environment = {
      ...servers,
      ...more,
      MONGODB_URI: new URL(name, servers.MONGODB_URI).href,
      KAFKA_TOPIC: name,
      SILLAGE_STREAM_PREFIX: `${name}.`,
      SILLAGE_OIDC_ISSUER: issuer.url,
      SILLAGE_OIDC_AUDIENCE: AUDIENCE,
      SILLAGE_MASTER_KEY: randomBytes(32).toString('base64'),
      SILLAGE_INSECURE: 'true',
    };
    await ensureTopic(kafkaServers(environment), { partitions: PARTITIONS, retention: 3_600_000 }, () => {});
    const replicas = await replicasOf(environment, counts);
    const sillage = new WholeSillage(replicas, issuer, environment);
    await Promise.all(replicas.map((replica) => replica.start()));
    return sillage;
  }

  of(name: ProcessName): readonly Replica[] {
    return this.replicas.filter((replica) => replica.name === name);
  }

  /** What a new tenant sees of it. */
  async newTenant(): Promise<RunningSillage> {
    const tenant = newId();
    const url = this.of('gateway')[0]?.running?.address ?? '';
    const token = await this.issuer.tokenFor(tenant);
    const reached = { SILLAGE_URL: url, SILLAGE_TOKEN: token };
    return { url, token, tenant, reached, stop: async () => {} };
  }

  async stop(signal?: NodeJS.Signals): Promise<void> {
    await Promise.all(this.replicas.map((replica) => replica.end(signal)));
    this.issuer.stop();
  }
}

async function replicasOf(
  environment: NodeJS.ProcessEnv,
  counts: { readonly [Name in ProcessName]?: number },
): Promise<readonly Replica[]> {
  const places = await Promise.all(
    PROCESSES.flatMap((name) =>
      Array.from({ length: counts[name] ?? 1 }, async () => ({ name, port: await freePort() })),
    ),
  );
  const addresses = SERVICES.map((service) => [
    `SILLAGE_SERVICE_${service.toUpperCase()}`,
    places
      .filter(({ name }) => name === service)
      .map(({ port }) => `127.0.0.1:${port}`)
      .join(','),
  ]);
  return places.map(({ name, port }) => {
    const own = name === 'gateway' ? { SILLAGE_PORT: String(port) } : { SILLAGE_LISTEN: `127.0.0.1:${port}` };
    return new Replica(name, { ...environment, ...Object.fromEntries(addresses), ...own });
  });
}
