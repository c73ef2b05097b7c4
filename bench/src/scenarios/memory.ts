import { residentMegabytesOf } from '../processes/process-use.js';
import { atMost } from '../report/goal.js';
import type { Scenario } from './scenario.js';

const WANTED_MEGABYTES = 250;

/** What Sillage keeps in memory when both imports are over and its views have caught up. */
export const memory: Scenario = {
  name: 'memory',
  run: async (context) => {
    const { sillage, runs } = await context.imported();
    const resident = residentMegabytesOf(sillage.server.pid);
    return [
      {
        kind: 'single',
        what: `resident after ${runs.length} imports`,
        measured: resident === undefined ? undefined : `${Math.round(resident.now)} MB`,
        goals: resident === undefined ? [] : [atMost('memory', resident.now, WANTED_MEGABYTES, 'MB')],
        remark:
          resident === undefined ? 'read from /proc, on Linux' : `at its highest ${Math.round(resident.highest)} MB`,
        faults: [],
      },
    ];
  },
};
