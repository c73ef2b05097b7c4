import type { Measures, StoredCell } from '@sillage/view-store';
import type { DimensionValues } from '../reports/dimension.js';
import type { Contribution, Cuboid, Report } from '../reports/report.js';

/** What a stretch of events adds to one cell. */
export interface CellChange {
  /** Of the cell, among those of its cube in these changes. */
  readonly key: string;
  readonly dimensions: DimensionValues;
  /** Names of the sums. */
  readonly names: readonly string[];
  readonly sums: bigint[];
  /** Position of the last event that touched the cell. */
  last: number;
}

export interface CellGroup {
  readonly cube: string;
  readonly tenant: string;
  readonly changes: readonly CellChange[];
}

/** What a document's change adds to the report's full cube: what it contributes now, less what it did before. Pure. */
export function difference(before: readonly Contribution[], after: readonly Contribution[]): readonly Contribution[] {
  const removed = before.filter((contribution) => !after.some((other) => isSame(contribution, other)));
  const added = after.filter((contribution) => !before.some((other) => isSame(contribution, other)));
  return [...removed.map(({ dimensions, sums }) => ({ dimensions, sums: sums.map((sum) => -sum) })), ...added];
}

/**
 * The changes of cells that a batch of events amounts to. Whether a cell is touched is decided event by event, so that
 * it does not depend on how events are batched.
 */
export class CellChanges {
  /** By cube, tenant and values. */
  private readonly changes = new Map<string, Map<string, Map<string, CellChange>>>();
  private readonly letters = new Letters();

  /** Adds what an event at this position adds to a report, rolled up into each of its cuboids. */
  add(report: Report, tenant: string, position: number, difference: readonly Contribution[]): void {
    if (difference.length === 0) return;
    const keyed = difference.map(({ dimensions, sums }) => ({
      dimensions,
      sums,
      letters: dimensions.map((value) => this.letters.of(value)),
    }));
    for (const cuboid of report.cuboids) {
      for (const net of netted(cuboid, keyed)) this.touch(report, cuboid, tenant, position, net);
    }
  }

  /** The key that a touched cell of these values has. */
  keyOf(dimensions: DimensionValues): string {
    let key = '';
    for (const value of dimensions) key += this.letters.of(value);
    return key;
  }

  /** The touched cells, those of one cube and tenant together. */
  groups(): readonly CellGroup[] {
    return [...this.changes].flatMap(([cube, tenants]) =>
      [...tenants].map(([tenant, cells]) => ({ cube, tenant, changes: [...cells.values()] })),
    );
  }

  private touch({ sums: names }: Report, { cube, indexes }: Cuboid, tenant: string, position: number, net: Net): void {
    const cells = cellsOf(this.changes, cube.name, tenant);
    const change = cells.get(net.key);
    if (change === undefined) {
      const dimensions = indexes.map((index) => net.dimensions[index] ?? null);
      cells.set(net.key, { key: net.key, dimensions, names, sums: [...net.sums], last: position });
      return;
    }
    for (let index = 0; index < change.sums.length; index += 1) {
      const sum = net.sums[index] ?? 0n;
      if (sum !== 0n) change.sums[index] = (change.sums[index] ?? 0n) + sum;
    }
    change.last = position;
  }
}

function cellsOf<T>(changes: Map<string, Map<string, Map<string, T>>>, cube: string, tenant: string): Map<string, T> {
  const tenants = changes.get(cube) ?? new Map<string, Map<string, T>>();
  const cells = tenants.get(tenant) ?? new Map<string, T>();
  if (cells.size === 0) changes.set(cube, tenants.set(tenant, cells));
  return cells;
}

/** The measures of a cell with a change added; a sum of 0 is left out. */
export function changedMeasures(before: StoredCell | undefined, { names, sums }: CellChange): Measures {
  const measures: Record<string, bigint> = {};
  for (const [index, name] of names.entries()) {
    const sum = (before?.measures[name] ?? 0n) + (sums[index] ?? 0n);
    if (sum !== 0n) measures[name] = sum;
  }
  return measures;
}

/** What an event adds to one cell of a cuboid. */
interface Net {
  readonly key: string;
  /** Of the report, not of the cube. */
  readonly dimensions: DimensionValues;
  readonly sums: readonly bigint[];
}

/** A contribution with a letter for each of its values, which every cuboid makes its own key of. */
interface Keyed extends Contribution {
  readonly letters: readonly string[];
}

/**
 * A character for each value that occurs, so that the key of a cell is a few characters: eight are made and looked up for
 * an event, and keys made of the values themselves took a third of the time that folding takes. A batch has far fewer
 * values than there are characters; those beyond are told apart by their length and text.
 */
class Letters {
  private readonly known = new Map<string | null, string>();

  of(value: string | null): string {
    const known = this.known.get(value);
    if (known !== undefined) return known;
    const { size } = this.known;
    const letter = size < MOST_LETTERS ? String.fromCharCode(size) : `\uffff${value?.length}:${value}`;
    this.known.set(value, letter);
    return letter;
  }
}

const MOST_LETTERS = 0xffff;

/** What one event adds to each cell of a cuboid: what it takes out and puts back in does not touch the cell. */
function netted(cuboid: Cuboid, difference: readonly Keyed[]): readonly Net[] {
  const nets: Net[] = [];
  for (const { dimensions, sums, letters } of difference) {
    const key = keyOf(cuboid, letters);
    const index = nets.findIndex((other) => other.key === key);
    const net = nets[index];
    if (net === undefined) nets.push({ key, dimensions, sums });
    else nets[index] = { key, dimensions, sums: net.sums.map((sum, place) => sum + (sums[place] ?? 0n)) };
  }
  return nets.filter(({ sums }) => sums.some((sum) => sum !== 0n));
}

/** The key of the cell of a cuboid that values of a report's dimensions fall in. */
function keyOf({ indexes }: Cuboid, letters: readonly string[]): string {
  let key = '';
  for (const index of indexes) key += letters[index];
  return key;
}

function isSame(a: Contribution, b: Contribution): boolean {
  return (
    a.sums.every((sum, index) => sum === b.sums[index]) &&
    a.dimensions.every((value, index) => value === b.dimensions[index])
  );
}
