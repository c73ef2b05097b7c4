import type { Condition, StoredCell } from '@sillage/view-store';
import { cellKey } from '../cell-key.js';
import type { DimensionValues } from '../dimension.js';
import type { Cuboid, Report, Sums } from '../report.js';

/** The records that have the same values of the dimensions that a report is grouped by. */
export interface Group {
  readonly values: DimensionValues;
  /** Under null what has no currency: sums of records without an amount, or of none in particular. */
  readonly sums: ReadonlyMap<string | null, Sums>;
}

/**
 * The first cuboid, which is the one with the fewest cells, that has all dimensions that a question names. There always
 * is one: the last has them all.
 */
export function coveringCuboid(report: Report, groupBy: readonly string[], conditions: readonly Condition[]): Cuboid {
  const needed = [...groupBy, ...conditions.map(({ field }) => field)];
  const covering = report.cuboids.find(({ cube }) => needed.every((name) => cube.dimensions.includes(name)));
  if (covering === undefined) throw new Error(`no cuboid covers ${needed.join(', ')}`);
  return covering;
}

/** Rolls the cells of a cube of these dimensions up into groups. Pure. */
export function groupCells(
  cells: readonly StoredCell[],
  dimensions: readonly string[],
  groupBy: readonly string[],
): readonly Group[] {
  const indexes = groupBy.map((name) => dimensions.indexOf(name));
  const currencyAt = dimensions.indexOf('currency');
  const groups = new Map<string, GrowingGroup>();
  for (const cell of cells) {
    const values = indexes.map((index) => cell.dimensions[index] ?? null);
    const key = cellKey(values);
    const group = groups.get(key) ?? { values, sums: new Map() };
    if (group.sums.size === 0) groups.set(key, group);
    add(group, cell.dimensions[currencyAt] ?? null, cell.measures);
  }
  return [...groups.values()];
}

/** All groups as one, grouped by nothing. Pure. */
export function wholeOf(groups: readonly Group[]): Group {
  const whole: GrowingGroup = { values: [], sums: new Map() };
  for (const { sums } of groups) for (const [currency, ofCurrency] of sums) add(whole, currency, ofCurrency);
  return whole;
}

interface GrowingGroup extends Group {
  readonly sums: Map<string | null, Record<string, bigint>>;
}

function add({ sums }: GrowingGroup, currency: string | null, more: Sums): void {
  const ofCurrency = sums.get(currency);
  if (ofCurrency === undefined) {
    sums.set(currency, { ...more });
    return;
  }
  for (const name in more) ofCurrency[name] = (ofCurrency[name] ?? 0n) + (more[name] ?? 0n);
}
