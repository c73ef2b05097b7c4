import { setTimeout as passing } from 'node:timers/promises';
import { it } from '@jest/globals';
import { Chance } from './chance.js';
import { tell } from './measured.js';
import { describeOnServers, type Servers } from './servers.js';
import { isActiveRelay, underLoadInBlock } from './under-load.js';

/** How often processes are frozen, for as long as a machine may pause; unless it is said, once and for less. */
const FREEZES = Number(process.env.SILLAGE_FREEZES ?? 0);

/** Milliseconds; both longer than a consumer group waits for a member. */
const FROZEN_FOR = FREEZES > 0 ? 45_000 : 12_000;

await describeOnServers('the distributed profile under load, frozen', specification);

function specification(servers: Servers): void {
  const chance = new Chance();
  const times = Math.max(1, FREEZES);
  const under = underLoadInBlock(servers);

  it(
    `has the active relay and a reporting process stopped for ${FROZEN_FOR / 1_000} s, ${times} times, which do no harm when they wake`,
    async () => {
      const recoveries: number[] = [];
      for (let freeze = 0; freeze < times; freeze += 1) {
        await under().moreWrites(60);
        const frozen = [
          ...under().sillage.of('relay').filter(isActiveRelay),
          chance.oneOf(under().sillage.of('reporting')),
        ];
        for (const replica of frozen) replica.signal('SIGSTOP');
        await passing(FROZEN_FOR);
        for (const replica of frozen) replica.signal('SIGCONT');
        if (FREEZES > 0) recoveries.push(await under().recovered(performance.now()));
      }
      await under().moreWrites(60);
      await under().expectNothingWrong();
      if (FREEZES > 0) tell('recoveries from a freeze', recoveries, chance.seed);
    },
    180_000 + FREEZES * 90_000,
  );
}
