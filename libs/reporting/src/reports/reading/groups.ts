import type { Condition, StoredCell } from '@sillage/view-store';
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
  const groups = new Map<string, { values: DimensionValues; sums: Map<string | null, Record<string, bigint>> }>();
  for (const cell of cells) {
    const values = indexes.map((index) => cell.dimensions[index] ?? null);
    const key = JSON.stringify(values);
    const group = groups.get(key) ?? { values, sums: new Map() };
    if (group.sums.size === 0) groups.set(key, group);
    const currency = cell.dimensions[currencyAt] ?? null;
    group.sums.set(currency, added(group.sums.get(currency) ?? {}, cell.measures));
  }
  return [...groups.values()];
}

function added(sums: Record<string, bigint>, more: Sums): Record<string, bigint> {
  for (const [name, sum] of Object.entries(more)) sums[name] = (sums[name] ?? 0n) + sum;
  return sums;
}
