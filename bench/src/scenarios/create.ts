import { type Pair, type Shown, untilShown } from '../contenders/pair.js';
import { type Comparison, compare } from '../measuring/comparison.js';
import type { Settle } from '../measuring/turn.js';
import type { ComparedFigure } from '../report/figure.js';
import { atLeast, atMost } from '../report/goal.js';
import type { Context } from './context.js';
import type { Scenario } from './scenario.js';

/** Creates of opportunities, durable: an answer means that the event is on the disk. */
export const create: Scenario = {
  name: 'create',
  run: async (context) => {
    const pair = await context.emptyPair();
    const acknowledged = { floor: 0, Sillage: 0 };
    const figures: ComparedFigure[] = [];
    for (const connections of context.plan.connections) {
      let slowest = 0;
      const settle: Settle = async (contender, requests) => {
        acknowledged[contender.name] += requests;
        const shown = await untilShown(contender, acknowledged[contender.name]);
        if (contender.name === 'Sillage') slowest = Math.max(slowest, shown.after);
        return complaintOf(shown, acknowledged[contender.name]);
      };
      const comparison = await compareCreates(context, pair, connections, settle);
      figures.push(figureOf(comparison, slowest));
    }
    await Promise.all(pair.map(({ server }) => context.workspace.stop(server)));
    return figures;
  },
};

function compareCreates({ plan, say }: Context, pair: Pair, connections: number, settle: Settle): Promise<Comparison> {
  const load = { connections, requests: plan.createsPerTurn, milliseconds: plan.longestTurn };
  const { rounds, mostRounds } = plan;
  return compare(pair, { operation: 'create', load, rounds, mostRounds, settle, say });
}

function complaintOf({ records }: Shown, acknowledged: number): string | undefined {
  return records === acknowledged ? undefined : `${records} records are shown, ${acknowledged} were acknowledged`;
}

function figureOf(comparison: Comparison, slowest: number): ComparedFigure {
  const { floor, sillage } = comparison;
  return {
    kind: 'compared',
    comparison,
    goals: [
      atLeast('rate', sillage.rate / floor.rate, 0.6, 'x floor'),
      atMost('p99', sillage.p99 / floor.p99, 2, 'x floor'),
    ],
    remark: `views had caught up ${Math.round(slowest)} ms after a turn at the latest`,
  };
}
