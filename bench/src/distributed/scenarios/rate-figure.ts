import type { SingleFigure } from '../../report/figure.js';
import { atLeast } from '../../report/goal.js';
import type { CatchingUp } from '../catching-up.js';

/** Events a second. */
export function rateFigure(what: string, { events, seconds }: CatchingUp, wanted: number): SingleFigure {
  const rate = events / seconds;
  return {
    kind: 'single',
    what,
    measured: `${Math.round(rate).toLocaleString('en')} events/s`,
    goals: [atLeast('rate', rate, wanted, 'events/s')],
    remark: `${events.toLocaleString('en')} events in ${seconds.toFixed(1)} s`,
    faults: [],
  };
}
