import { inProject } from '../processes/project.js';
import { runToEnd } from '../processes/run-to-end.js';
import type { SingleFigure } from '../report/figure.js';
import { atLeast } from '../report/goal.js';
import type { Scenario } from './scenario.js';

const WANTED_RATE = 20_000;

/** Events a second that `sillage rebuild` folds into new views, beside a server that has nothing else to do. */
export const rebuild: Scenario = {
  name: 'rebuild',
  run: async (context) => {
    const { sillage } = await context.imported();
    context.say('rebuilding the views');
    const { code, stdout, stderr } = await runToEnd({
      command: [inProject('apps/cli/dist/main.js'), 'rebuild'],
      folder: context.workspace.newFolder('rebuild'),
      environment: { SILLAGE_DATA_DIR: sillage.dataDirectory },
    });
    if (code !== 0) throw new Error(`the rebuild failed: ${stderr}`);
    return [figureOf(stdout)];
  },
};

/** From what the command says: the comparison of old and new views, which follows, is not part of the time. */
function figureOf(stdout: string): SingleFigure {
  const folded = /^folded (\d+) events in (\d+) ms/m.exec(stdout);
  if (folded === null) throw new Error(`the rebuild said something else: ${stdout}`);
  const [events, milliseconds] = [Number(folded[1]), Number(folded[2])];
  const rate = (1_000 * events) / milliseconds;
  return {
    kind: 'single',
    what: 'rebuild of the views',
    measured: `${Math.round(rate).toLocaleString('en')} events/s`,
    goals: [atLeast('rate', rate, WANTED_RATE, 'events/s')],
    remark: `${events.toLocaleString('en')} events in ${(milliseconds / 1_000).toFixed(1)} s`,
    faults: stdout.includes('were the same') ? [] : ['the views that served so far were other ones'],
  };
}
