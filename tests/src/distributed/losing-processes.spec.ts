import { randomInt } from 'node:crypto';
import { setTimeout as passing } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { notRun } from '@sillage/kernel/testing';
import { openMongoDatabase } from '@sillage/view-store/mongodb';
import { Api } from '../api.js';
import type { RunningSillage } from '../running-sillage.js';
import { MixedLoad } from './mixed-load.js';
import { judge } from './oracle.js';
import { findServers, type Servers } from './servers.js';
import { PROCESSES, type Replica, WholeSillage } from './whole-sillage.js';

const TWO_OF_SOME = { gateway: 2, accounts: 2, reporting: 2, relay: 2 } as const;

/** How many processes are killed at random; unless it is said, one of each kind. */
const KILLS = Number(process.env.SILLAGE_KILLS ?? 0);

/** Milliseconds; longer than a consumer group waits for a member. */
const FROZEN_FOR = 12_000;

const WIDTH = 6;
const NOTHING_WRONG = { lost: [], log: [], views: [] };

const servers = await findServers();

if ('missing' in servers) notRun('the distributed profile under load', servers.missing);
else describe('the distributed profile under load', () => specification(servers));

function specification(servers: Servers): void {
  let sillage: WholeSillage;
  let load: MixedLoad;

  beforeAll(async () => {
    sillage = await WholeSillage.start(servers, TWO_OF_SOME);
  }, 90_000);
  beforeEach(async () => {
    load = new MixedLoad(await gatewaysOf(await sillage.newTenant()), WIDTH);
  });
  afterEach(() => load.stop());
  afterAll(async () => {
    await sillage.stop('SIGKILL');
    await servers.stop();
  }, 30_000);

  /** Every gateway, for one tenant. */
  async function gatewaysOf({ token }: RunningSillage): Promise<readonly Api[]> {
    return sillage.of('gateway').map(({ running }) => new Api(running?.address ?? '', token));
  }

  /** Throws when nothing is acknowledged any more for half a minute. */
  async function moreWrites(count: number): Promise<void> {
    const wanted = load.acknowledged.length + count;
    const deadline = performance.now() + 30_000;
    while (load.acknowledged.length < wanted) {
      if (performance.now() > deadline) throw new Error(`only ${load.acknowledged.length} of ${wanted} acknowledged`);
      await passing(20);
    }
  }

  async function expectNothingWrong(): Promise<void> {
    await load.stop();
    expect(await judge(sillage.environment, load.acknowledged)).toEqual(NOTHING_WRONG);
    expect(load.strange).toEqual([]);
    expect(load.slowest).toBeLessThan(12_000);
  }

  const anyOf = (replicas: readonly Replica[]) => replicas[randomInt(replicas.length)] as Replica;

  const killed = KILLS > 0 ? `${KILLS} processes, chosen at random,` : 'a process of each kind';
  it(
    `loses ${killed} by SIGKILL, and nothing that it has acknowledged`,
    async () => {
      const victims =
        KILLS > 0
          ? Array.from({ length: KILLS }, () => anyOf(sillage.replicas))
          : PROCESSES.map((name) => anyOf(sillage.of(name)));
      for (const victim of victims) {
        await moreWrites(randomInt(10, 60));
        await victim.end('SIGKILL');
        await victim.start();
      }
      await moreWrites(60);
      await expectNothingWrong();
    },
    180_000 + KILLS * 15_000,
  );

  it('has the active relay and a reporting process frozen, which do no harm when they wake', async () => {
    await moreWrites(60);
    const frozen = [...sillage.of('relay').filter(isActive), anyOf(sillage.of('reporting'))];
    for (const replica of frozen) replica.signal('SIGSTOP');
    await passing(FROZEN_FOR);
    for (const replica of frozen) replica.signal('SIGCONT');
    await moreWrites(60);
    await expectNothingWrong();
  }, 180_000);

  it('is judged by an oracle that notices what is lost, and views that are wrong', async () => {
    await moreWrites(10);
    await load.stop();
    const [written] = load.acknowledged;
    const lost = { type: 'accounts', id: 'nobody', revision: 0, position: 1 };
    expect((await judge(sillage.environment, [lost])).lost).toEqual([lost]);

    const { db, close } = await openMongoDatabase({ uri: sillage.environment.MONGODB_URI ?? '' });
    const { deletedCount } = await db.collection('1.view.accounts').deleteOne({ '_id.id': written?.id ?? '' });
    await close();
    expect(deletedCount).toBe(1);
    expect((await judge(sillage.environment, [], 0)).views).toMatchObject([{ in: 'accounts', key: written?.id }]);
  }, 120_000);
}

function isActive({ running }: Replica): boolean {
  return [...(running?.log() ?? '').matchAll(/the relay is (active|standing-by)/g)].at(-1)?.[1] === 'active';
}
