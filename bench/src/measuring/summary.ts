import { median, medianOfKnown } from './median.js';
import type { Turn } from './turn.js';

/** The medians of some of a contender's turns; what was wrong in any of them. */
export type Summary = Omit<Turn, 'requests'>;

/**
 * @param kept the turns that count
 * @param all these too, and those that were only to warm up or were disturbed: errors count in every turn
 */
export function summarize(kept: readonly Turn[], all: readonly Turn[]): Summary {
  const middle = (value: (turn: Turn) => number): number => median(kept.map(value));
  return {
    rate: middle(({ rate }) => rate),
    p50: middle(({ p50 }) => p50),
    p95: middle(({ p95 }) => p95),
    p99: middle(({ p99 }) => p99),
    errors: all.reduce((sum, { errors }) => sum + errors, 0),
    faults: [...new Set(all.flatMap(({ faults }) => faults))],
    serverCpu: medianOfKnown(kept.map(({ serverCpu }) => serverCpu)),
    clientCpu: middle(({ clientCpu }) => clientCpu),
    resident: medianOfKnown(kept.map(({ resident }) => resident)),
    elsewhere: medianOfKnown(kept.map(({ elsewhere }) => elsewhere)),
  };
}
