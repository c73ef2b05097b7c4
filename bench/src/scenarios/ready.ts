import { startSillageServer } from '../contenders/sillage-server.js';
import { median } from '../measuring/median.js';
import { atMost } from '../report/goal.js';
import type { Scenario } from './scenario.js';

const WANTED_SECONDS = 1.5;

/** From the start of a built tree on an empty data directory to ready. */
export const ready: Scenario = {
  name: 'ready',
  run: async ({ plan, workspace, say }) => {
    const seconds: number[] = [];
    for (let start = 1; start <= plan.starts; start += 1) {
      const { server } = await startSillageServer(workspace, { dataDirectory: workspace.newFolder('ready') });
      await untilHealthy(server.origin);
      seconds.push((performance.now() - server.startedAt) / 1_000);
      say(`ready, start ${start} of ${plan.starts}: ${seconds.at(-1)?.toFixed(2)} s`);
      await workspace.stop(server);
    }
    const measured = median(seconds);
    return [
      {
        kind: 'single',
        what: 'ready, on an empty data directory',
        measured: `${measured.toFixed(2)} s`,
        goals: [atMost('time', measured, WANTED_SECONDS, 's')],
        remark: `median of ${plan.starts} starts, until /health/ready says so; slowest ${Math.max(...seconds).toFixed(2)} s`,
        faults: [],
      },
    ];
  },
};

/** What was printed may be a moment early; this is what an orchestrator would wait for. */
async function untilHealthy(origin: string): Promise<void> {
  for (;;) {
    const answer = await fetch(`${origin}/health/ready`);
    await answer.arrayBuffer();
    if (answer.ok) return;
  }
}
