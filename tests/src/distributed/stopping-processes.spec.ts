import { expect, it } from '@jest/globals';
import { Chance } from './chance.js';
import { tell } from './measured.js';
import { describeOnServers, type Servers } from './servers.js';
import { underLoadInBlock } from './under-load.js';
import { PROCESSES } from './whole-sillage.js';

/** How many processes are stopped at random; unless it is said, one of each kind. */
const STOPS = Number(process.env.SILLAGE_STOPS ?? 0);

/** Milliseconds that a process may take to finish what it has. */
const TIME_TO_DRAIN = 10_000;

/** What a caller finds who comes to a gateway that has gone, or leaves just then: connections are closed, not answered. */
const NOBODY_THERE = ['ECONNREFUSED', 'ECONNRESET', 'UND_ERR_SOCKET'];

await describeOnServers('the distributed profile under load, told to stop', specification);

function specification(servers: Servers): void {
  const chance = new Chance();
  const under = underLoadInBlock(servers);

  const stopped = STOPS > 0 ? `${STOPS} processes, chosen at random, are` : 'a process of each kind is';
  it(
    `finishes what it has: ${stopped} told to by SIGTERM, and no request fails but with 503 and Retry-After`,
    async () => {
      const drains: number[] = [];
      const names = STOPS > 0 ? Array.from({ length: STOPS }, () => undefined) : PROCESSES;
      for (const name of names) {
        const replica = chance.oneOf(name === undefined ? under().sillage.replicas : under().sillage.of(name));
        await under().moreWrites(chance.between(10, 60));
        const unanswered = under().unanswered.length;
        const begun = performance.now();
        const code = await replica.end('SIGTERM');
        drains.push(performance.now() - begun);
        await replica.start();
        await under().moreWrites(10);
        const left = under().unanswered.slice(unanswered);
        const allowed = replica.name === 'gateway' ? NOBODY_THERE : [];
        const failed = left.filter((error) => !allowed.includes(error));
        expect({ replica: replica.name, code, failed }).toEqual({ replica: replica.name, code: 0, failed: [] });
      }
      expect(Math.max(...drains)).toBeLessThan(TIME_TO_DRAIN);
      await under().expectNothingWrong();
      if (STOPS > 0) tell('processes drained', drains, chance.seed);
    },
    180_000 + STOPS * 15_000,
  );
}
