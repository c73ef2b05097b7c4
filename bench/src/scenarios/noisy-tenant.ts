import { sillageOperations } from '../contenders/sillage.js';
import { runLoad } from '../load/closed-loop.js';
import type { Latencies } from '../load/latencies.js';
import type { Operation } from '../load/operation.js';
import { runSteadily } from '../load/steady-load.js';
import { median } from '../measuring/median.js';
import { inProject } from '../processes/project.js';
import type { SingleFigure } from '../report/figure.js';
import { atMost } from '../report/goal.js';
import type { Scenario } from './scenario.js';

/** Others may be slowed by a fifth. */
const WANTED = 1.2;

/** Requests a second of the tenant that is measured, over connections that are more than enough for them. */
const STEADY = { perSecond: 100, connections: 16 };

/** Connections of its neighbour, each of which asks on and on. */
const NEIGHBOURS = { ordinary: 1, noisy: 64 };

const ANY_NUMBER = 1_000_000;

interface Round {
  readonly alone: number;
  readonly besideOrdinary: number;
  readonly besideNoisy: number;
  /** Requests a second of the noisy neighbour. */
  readonly noise: number;
}

/** What a tenant notices of another one that floods the server, where both share one process. */
export const noisyTenant: Scenario = {
  name: 'noisy-tenant',
  run: async ({ plan, workspace, say }) => {
    const server = await workspace.start({
      command: [inProject('bench/dist/noisy-tenant/main.js')],
      environment: { SILLAGE_DATA_DIR: workspace.newFolder('tenants'), SILLAGE_PORT: '0' },
    });
    const [quiet, noisy] = ['quiet', 'noisy'].map((tenant) =>
      sillageOperations(tenant, { records: 1_000, queries: 1 }),
    );
    if (quiet === undefined || noisy === undefined) throw new Error('there are two tenants');
    const milliseconds = 2 * plan.readTurn;
    const faults: string[] = [];
    const steadily = async (operation: Operation): Promise<Latencies> => {
      const result = await runSteadily(server.origin, [operation], { ...STEADY, milliseconds });
      faults.push(...result.faults.describe());
      return result.latencies;
    };
    const beside = async (connections: number, operation: Operation) => {
      const load = runLoad(server.origin, noisy.create, { connections, requests: ANY_NUMBER, milliseconds });
      const p99 = (await steadily(operation)).percentile(99);
      const { latencies, seconds } = await load;
      return { p99, noise: latencies.count / seconds };
    };
    for (const { create } of [quiet, noisy]) {
      await runLoad(server.origin, create, { connections: 8, requests: 1_000, milliseconds: 60_000 });
    }
    const figures: SingleFigure[] = [];
    for (const operation of ['create', 'list'] as const) {
      const rounds: Round[] = [];
      for (let round = 1; round <= plan.rounds; round += 1) {
        const alone = (await steadily(quiet[operation])).percentile(99);
        const ordinary = await beside(NEIGHBOURS.ordinary, quiet[operation]);
        const flood = await beside(NEIGHBOURS.noisy, quiet[operation]);
        rounds.push({ alone, besideOrdinary: ordinary.p99, besideNoisy: flood.p99, noise: flood.noise });
        say(`noisy-tenant, ${operation}, round ${round} of ${plan.rounds}: ${JSON.stringify(rounds.at(-1))}`);
      }
      figures.push(figureOf(operation, rounds, faults.splice(0)));
    }
    await workspace.stop(server);
    return figures;
  },
};

function figureOf(operation: string, rounds: readonly Round[], faults: readonly string[]): SingleFigure {
  const of = (member: keyof Round) => median(rounds.map((round) => round[member]));
  const [alone, ordinary, flooded] = [of('alone'), of('besideOrdinary'), of('besideNoisy')];
  return {
    kind: 'single',
    what: `p99 of 100 ${operation}s a second beside a tenant that floods`,
    measured: `${flooded.toFixed(1)} ms`,
    goals: [atMost('p99', flooded / ordinary, WANTED, 'x beside one that does not')],
    remark:
      `${ordinary.toFixed(1)} ms beside ${NEIGHBOURS.ordinary} connection that creates, ${alone.toFixed(1)} ms alone; ` +
      `the flood was of ${NEIGHBOURS.noisy} connections, ${Math.round(of('noise'))} creates/s`,
    faults,
  };
}
