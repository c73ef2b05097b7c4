import { sillageOperations } from '../../contenders/sillage.js';
import { runLoad } from '../../load/closed-loop.js';
import type { SingleFigure } from '../../report/figure.js';
import type { Scenario } from '../../scenarios/scenario.js';
import type { DistributedContext } from '../distributed-context.js';
import { TOKEN } from '../sillage-processes.js';

/** Different requests, sent in turn. */
const RECORDS = 10_000;

/** Creates of opportunities through the gateway, over TCP to their service, and from there to the event store. */
export const writing: Scenario<DistributedContext> = {
  name: 'write',
  run: async (context) => {
    const { plan, say } = context.options;
    const { origin } = await context.gateway();
    const { create } = sillageOperations(TOKEN, { records: RECORDS, queries: 1 });
    const figures: SingleFigure[] = [];
    const write = async (connections: number, milliseconds: number) => {
      const written = await runLoad(origin, create, { connections, requests: Number.POSITIVE_INFINITY, milliseconds });
      context.wrote(written.latencies.count);
      return written;
    };
    for (const connections of plan.connections) {
      await write(connections, plan.warmingUp);
      const { latencies, seconds, faults } = await write(connections, plan.writing);
      const rate = Math.round(latencies.count / seconds);
      say(`create, ${connections} connections: ${rate}/s`);
      const [p50, p95, p99] = [50, 95, 99].map((percent) => latencies.percentile(percent).toFixed(1));
      figures.push({
        kind: 'single',
        what: `create through the gateway, ${connections} connections`,
        measured: `${rate.toLocaleString('en')}/s`,
        goals: [],
        remark: `p50 ${p50} ms, p95 ${p95} ms, p99 ${p99} ms; nobody relays or projects meanwhile`,
        faults: faults.describe(),
      });
    }
    return figures;
  },
};
