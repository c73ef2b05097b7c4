import type { ReportShape } from '@sillage/contracts';
import type { JsonObject } from '@sillage/kernel';
import type { Cube } from '@sillage/view-store';
import type { ListedView } from '../views/record-views.js';
import type { DetailColumn } from './detail-column.js';
import type { Dimensions, DimensionValues } from './dimension.js';

/** What one document adds to a report: to the cell of these values, these sums (in the order of `Report.sums`). */
export interface Contribution {
  readonly dimensions: DimensionValues;
  readonly sums: readonly bigint[];
}

/** A cube kept for a report: its cells are those of the report's dimensions, summed over the others. */
export interface Cuboid {
  readonly cube: Cube;
  /** Where the cube's dimensions are among the report's. */
  readonly indexes: readonly number[];
}

/** Sums by name over some records, those with one currency or those without an amount. What is missing is 0. */
export type Sums = { readonly [sum: string]: bigint };

/**
 * How a measure follows from sums:
 * - `count`: a sum over all currencies
 * - `rate`: the quotient of two such sums, the lower one made of several; null when there is nothing to divide by
 * - `money`: an amount in minor units for each currency in which some record has one, counted by the sum `records`
 */
export type MeasureRule =
  | { readonly kind: 'count'; readonly sum: string }
  | { readonly kind: 'rate'; readonly sum: string; readonly outOf: readonly string[] }
  | { readonly kind: 'money'; readonly records: string; readonly minor: (sums: Sums) => bigint };

/** A report as declared once: how documents become cells, and cells become rows. */
export interface Report {
  readonly shape: ReportShape;
  /** The view whose documents are summed, one row of `detail=true` each. */
  readonly view: ListedView;
  /** Those of the shape, and those that only cells have. */
  readonly dimensions: Dimensions;
  /** From the one with the fewest cells to the one with all dimensions. */
  readonly cuboids: readonly Cuboid[];
  readonly sums: readonly string[];
  readonly measures: { readonly [measure: string]: MeasureRule };
  readonly detail: readonly DetailColumn[];

  /** What a document adds; nothing when it is deleted. Pure. */
  contributions(document: JsonObject): readonly Contribution[];
}

/**
 * The cuboids of a report: one for each set of dimensions, each with those in `always` beside it.
 * @param sets From the one with the fewest cells on, since the first that covers a question answers it.
 */
export function cuboidsOf(
  report: string,
  dimensions: Dimensions,
  always: readonly string[],
  sets: readonly (readonly string[])[],
): readonly Cuboid[] {
  const names = Object.keys(dimensions);
  return sets.map((set) => {
    // What tells most comes first: cells that a filter asks for together lie together.
    const kept = [...set, ...always];
    const cube = { name: [report, ...kept].join('-'), dimensions: kept };
    return { cube, indexes: kept.map((name) => names.indexOf(name)) };
  });
}
