import type { Comparison } from '../measuring/comparison.js';
import type { Goal } from './goal.js';

/** An operation under load, beside the floor. */
export interface ComparedFigure {
  readonly kind: 'compared';
  readonly comparison: Comparison;
  readonly goals: readonly Goal[];
  readonly remark?: string;
}

/** Something that has no floor. */
export interface SingleFigure {
  readonly kind: 'single';
  readonly what: string;
  /** With its unit; undefined where it cannot be measured. */
  readonly measured: string | undefined;
  readonly goals: readonly Goal[];
  readonly remark: string;
  /** What went wrong while it was measured. */
  readonly faults: readonly string[];
}

export type Figure = ComparedFigure | SingleFigure;

/** Whether everything that was wanted was reached, and without errors. */
export function isReached(figure: Figure): boolean {
  return figure.goals.every(({ reached }) => reached) && faultsOf(figure).length === 0;
}

export function faultsOf(figure: Figure): readonly string[] {
  if (figure.kind === 'single') return figure.faults;
  const { floor, sillage } = figure.comparison;
  return [...floor.faults.map((fault) => `floor: ${fault}`), ...sillage.faults.map((fault) => `Sillage: ${fault}`)];
}
