import type { OperationName } from '../contenders/contender.js';
import { compare } from '../measuring/comparison.js';
import type { ComparedFigure } from '../report/figure.js';
import { atLeast } from '../report/goal.js';
import type { Scenario } from './scenario.js';

/** More requests than any turn gets done: turns of reads are bounded by time. */
const ANY_NUMBER = 1_000_000;

/** A read of the same records on both sides, which has to reach `least` of the floor's rate. */
export function readScenario(operation: Exclude<OperationName, 'create'>, least: number): Scenario {
  return {
    name: operation,
    run: async (context) => {
      const { plan, say } = context;
      const { rounds, mostRounds } = plan;
      const pair = await context.filledPair();
      const figures: ComparedFigure[] = [];
      for (const connections of plan.connections) {
        const load = { connections, requests: ANY_NUMBER, milliseconds: plan.readTurn };
        const settle = async () => undefined;
        const comparison = await compare(pair, { operation, load, rounds, mostRounds, settle, say });
        const ratio = comparison.sillage.rate / comparison.floor.rate;
        figures.push({ kind: 'compared', comparison, goals: [atLeast('rate', ratio, least, 'x floor')] });
      }
      return figures;
    },
  };
}
