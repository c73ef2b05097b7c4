import { expect, it } from '@jest/globals';
import { openMongoDatabase } from '@sillage/view-store/mongodb';
import { Chance } from './chance.js';
import { tell } from './measured.js';
import { judge } from './oracle.js';
import { describeOnServers, type Servers } from './servers.js';
import { underLoadInBlock } from './under-load.js';
import { PROCESSES, type Replica } from './whole-sillage.js';

/** How many processes are killed at random; unless it is said, one of each kind. */
const KILLS = Number(process.env.SILLAGE_KILLS ?? 0);

/** Of a hundred times, how often a second process is killed with the first. */
const TWO_AT_ONCE = 20;

/** Of a hundred times, how often the next is killed before all is well again. */
const IMPATIENCE = 20;

await describeOnServers('the distributed profile under load', specification);

function specification(servers: Servers): void {
  const chance = new Chance();
  const under = underLoadInBlock(servers);

  /** Kills these at once, and has them started again at once. */
  async function lose(victims: readonly Replica[]): Promise<void> {
    await Promise.all(victims.map((victim) => victim.end('SIGKILL')));
    await Promise.all(victims.map((victim) => victim.start()));
  }

  /** So many, some of which go together. */
  function* randomVictims(count: number): Generator<readonly Replica[]> {
    const { replicas } = under().sillage;
    for (let left = count; left > 0; ) {
      const victims = new Set([chance.oneOf(replicas)]);
      if (left > 1 && chance.happens(TWO_AT_ONCE)) victims.add(chance.oneOf(replicas));
      left -= victims.size;
      yield [...victims];
    }
  }

  const killed = KILLS > 0 ? `${KILLS} processes, chosen at random,` : 'a process of each kind';
  it(
    `loses ${killed} by SIGKILL, and nothing that it has acknowledged`,
    async () => {
      const recoveries: number[] = [];
      const all = KILLS > 0 ? randomVictims(KILLS) : PROCESSES.map((name) => [chance.oneOf(under().sillage.of(name))]);
      for (const victims of all) {
        await under().moreWrites(chance.between(10, 60));
        const begun = performance.now();
        await lose(victims);
        if (KILLS > 0 && !chance.happens(IMPATIENCE)) recoveries.push(await under().recovered(begun));
      }
      await under().moreWrites(60);
      await under().expectNothingWrong();
      if (KILLS > 0) tell('recoveries from a kill', recoveries, chance.seed);
    },
    180_000 + KILLS * 20_000,
  );

  it('is judged by an oracle that notices what is lost, and views that are wrong', async () => {
    await under().moreWrites(10);
    await under().rest();
    const { environment } = under().sillage;
    const [written] = under().acknowledged;
    const lost = { type: 'accounts', id: 'nobody', revision: 0, position: 1 };
    expect((await judge(environment, [lost])).lost).toEqual([lost]);

    const { db, close } = await openMongoDatabase({ uri: environment.MONGODB_URI ?? '' });
    const { deletedCount } = await db.collection('1.view.accounts').deleteOne({ '_id.id': written?.id ?? '' });
    await close();
    expect(deletedCount).toBe(1);
    expect((await judge(environment, [], 0)).views).toMatchObject([{ in: 'accounts', key: written?.id }]);
  }, 120_000);
}
