import type { ImportRun } from '../imports/imported.js';
import type { SingleFigure } from '../report/figure.js';
import { atLeast } from '../report/goal.js';
import type { Scenario } from './scenario.js';

const WANTED_RATE = 2_000;

/** Records a second of `sillage import`, measured from outside its process. */
export const importing: Scenario = {
  name: 'import',
  run: async (context) => {
    const { runs } = await context.imported();
    return runs.map(figureOf);
  },
};

function figureOf({ what, records, seconds, faults }: ImportRun): SingleFigure {
  const rate = records / seconds;
  return {
    kind: 'single',
    what: `import of ${what}`,
    measured: `${Math.round(rate).toLocaleString('en')} records/s`,
    goals: [atLeast('rate', rate, WANTED_RATE, 'records/s')],
    remark: `${records.toLocaleString('en')} records in ${seconds.toFixed(1)} s, the start of the command included`,
    faults,
  };
}
