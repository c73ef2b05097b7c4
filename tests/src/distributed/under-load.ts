import { setTimeout as passing } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, beforeEach, expect } from '@jest/globals';
import { partitionOf } from '@sillage/event-feed/kafka';
import { Api } from '../api.js';
import type { RunningSillage } from '../running-sillage.js';
import { type Acknowledged, MixedLoad } from './mixed-load.js';
import { judge } from './oracle.js';
import { whole } from './recovery.js';
import type { Servers } from './servers.js';
import { PARTITIONS, type ProcessName, type Replica, WholeSillage } from './whole-sillage.js';

export interface UnderLoadOptions {
  /** Replicas of each process; two of most unless said. */
  readonly counts?: { readonly [Name in ProcessName]?: number };
  /** Variables, see WholeSillage. */
  readonly more?: NodeJS.ProcessEnv;
}

const TWO_OF_SOME: { readonly [Name in ProcessName]?: number } = { gateway: 2, accounts: 2, reporting: 2, relay: 2 };

/** Of writers for each tenant. */
const WIDTH = 2;

const NOTHING_WRONG = { lost: [], log: [], views: [] };

/** The distributed profile under writes of tenants of which each partition has one. */
export class SillageUnderLoad {
  private gateways: readonly (readonly Api[])[] = [];
  private loads: readonly MixedLoad[] = [];
  /** Acknowledged to those who looked whether it is whole. */
  private readonly seen: Acknowledged[] = [];

  private constructor(readonly sillage: WholeSillage) {}

  static async start(
    servers: Servers,
    { counts = TWO_OF_SOME, more = {} }: UnderLoadOptions = {},
  ): Promise<SillageUnderLoad> {
    return new SillageUnderLoad(await WholeSillage.start(servers, counts, more));
  }

  /** Begins to write, for tenants that nobody has written to. */
  async begin(): Promise<void> {
    const tenants = await tenantOfEachPartition(this.sillage);
    this.gateways = tenants.map(({ token }) =>
      this.sillage.of('gateway').map(({ running }) => new Api(running?.address ?? '', token)),
    );
    this.loads = this.gateways.map((gateways) => new MixedLoad(gateways, WIDTH));
  }

  /** Throws when nothing is acknowledged any more for half a minute. */
  async moreWrites(count: number): Promise<void> {
    const acknowledged = () => this.acknowledged.length;
    const wanted = acknowledged() + count;
    const deadline = performance.now() + 30_000;
    while (acknowledged() < wanted) {
      if (performance.now() > deadline) {
        throw new Error(`only ${acknowledged()} of ${wanted} acknowledged; ${this.loads.map(String).join('; ')}`);
      }
      await passing(20);
    }
  }

  /** Waits until it is whole for every tenant. @return milliseconds since the time given */
  async recovered(since: number): Promise<number> {
    const each = await Promise.all(this.gateways.map((gateways) => whole(gateways)));
    this.seen.push(...each.flat());
    return performance.now() - since;
  }

  /** Stops the writing. */
  async rest(): Promise<void> {
    await Promise.all(this.loads.map((load) => load.stop()));
  }

  /** Why calls had no answer, see MixedLoad. */
  get unanswered(): readonly string[] {
    return this.loads.flatMap(({ unanswered }) => unanswered);
  }

  /** What answers said that it cannot be done just now. */
  get refused(): readonly string[] {
    return this.loads.flatMap(({ refused }) => refused.map(({ text }) => text));
  }

  get acknowledged(): readonly Acknowledged[] {
    return this.loads.flatMap(({ acknowledged }) => acknowledged);
  }

  /** Stops the writing, and judges by the invariants. */
  async expectNothingWrong(): Promise<void> {
    await this.rest();
    const acknowledged = [...this.acknowledged, ...this.seen.splice(0)];
    expect(await judge(this.sillage.environment, acknowledged)).toEqual(NOTHING_WRONG);
    expect(this.loads.flatMap(({ strange }) => strange)).toEqual([]);
    expect(Math.max(...this.loads.map(({ slowest }) => slowest))).toBeLessThan(12_000);
  }

  async end(): Promise<void> {
    await this.sillage.stop('SIGKILL');
  }
}

/** Gives the tests of a block one Sillage, which is written to anew in each of them. */
export function underLoadInBlock(servers: Servers): () => SillageUnderLoad {
  let under: SillageUnderLoad | undefined;
  const started = (): SillageUnderLoad => {
    if (under === undefined) throw new Error('there is a Sillage only while a test runs');
    return under;
  };
  beforeAll(async () => {
    under = await SillageUnderLoad.start(servers);
  }, 90_000);
  beforeEach(() => started().begin());
  afterEach(() => started().rest());
  afterAll(async () => {
    await under?.end();
    await servers.stop();
  }, 30_000);
  return started;
}

export function isActiveRelay({ running }: Replica): boolean {
  return [...(running?.log() ?? '').matchAll(/the relay is (active|standing-by)/g)].at(-1)?.[1] === 'active';
}

async function tenantOfEachPartition(sillage: WholeSillage): Promise<readonly RunningSillage[]> {
  const found = new Map<number, RunningSillage>();
  while (found.size < PARTITIONS) {
    const tenant = await sillage.newTenant();
    found.set(partitionOf(tenant.tenant, PARTITIONS), tenant);
  }
  return [...found.values()];
}
