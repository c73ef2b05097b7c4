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
  private readonly reports = new Map<Report, Map<string, ReportCells>>();
  private readonly letters = new Letters();

  /** Adds what an event at this position adds to a report, rolled up into each of its cuboids. */
  add(report: Report, tenant: string, position: number, difference: readonly Contribution[]): void {
    if (difference.length === 0) return;
    const cells = this.cellsOf(report, tenant);
    const keyed = difference.map(({ dimensions, sums }) => ({
      dimensions,
      sums,
      letters: dimensions.map((value) => this.letters.of(value)),
    }));
    const [only] = keyed;
    if (keyed.length === 1 && only !== undefined) cells.addOne(only, position);
    else cells.add(keyed, position);
  }

  /** The key that a touched cell of these values has. */
  keyOf(dimensions: DimensionValues): string {
    let key = '';
    for (const value of dimensions) key += this.letters.of(value);
    return key;
  }

  /** The touched cells, those of one cube and tenant together. To be asked for once everything is added. */
  groups(): readonly CellGroup[] {
    return [...this.reports.values()].flatMap((tenants) =>
      [...tenants].flatMap(([tenant, cells]) => cells.groups(tenant)),
    );
  }

  private cellsOf(report: Report, tenant: string): ReportCells {
    const known = this.reports.get(report)?.get(tenant);
    if (known !== undefined) return known;
    const cells = new ReportCells(report);
    this.reports.set(report, (this.reports.get(report) ?? new Map<string, ReportCells>()).set(tenant, cells));
    return cells;
  }
}

/** The changed cells of one report of one tenant. */
class ReportCells {
  /** By cuboid, then by key. */
  private readonly changes: readonly Map<string, CellChange>[];
  /**
   * Contributions that are all that their event adds, by values: most events begin a record. Such an event touches its
   * cell of each cuboid in any case, so those of the same values are summed before they are rolled up.
   */
  private readonly alone = new Map<string, Keyed & { readonly sums: bigint[]; last: number }>();

  constructor(private readonly report: Report) {
    this.changes = report.cuboids.map(() => new Map());
  }

  addOne(contribution: Keyed, position: number): void {
    if (!isAnything(contribution.sums)) return;
    const key = contribution.letters.join('');
    const before = this.alone.get(key);
    if (before === undefined) {
      this.alone.set(key, { ...contribution, sums: [...contribution.sums], last: position });
      return;
    }
    addTo(before.sums, contribution.sums);
    before.last = position;
  }

  add(difference: readonly Keyed[], position: number): void {
    for (const [index, cuboid] of this.report.cuboids.entries()) {
      for (const net of netted(cuboid, difference)) this.touch(index, cuboid, net, position);
    }
  }

  groups(tenant: string): readonly CellGroup[] {
    for (const [index, cuboid] of this.report.cuboids.entries()) {
      for (const one of this.alone.values()) {
        const { dimensions, sums, last } = one;
        this.touch(index, cuboid, { key: keyOf(cuboid, one.letters), dimensions, sums }, last);
      }
    }
    this.alone.clear();
    return this.report.cuboids.flatMap(({ cube }, index) => {
      const changes = [...(this.changes[index]?.values() ?? [])];
      return changes.length === 0 ? [] : [{ cube: cube.name, tenant, changes }];
    });
  }

  private touch(index: number, { indexes }: Cuboid, { key, dimensions, sums }: Net, position: number): void {
    const cells = this.changes[index];
    const change = cells?.get(key);
    if (change === undefined) {
      const values = indexes.map((place) => dimensions[place] ?? null);
      cells?.set(key, { key, dimensions: values, names: this.report.sums, sums: [...sums], last: position });
      return;
    }
    addTo(change.sums, sums);
    change.last = Math.max(change.last, position);
  }
}

function addTo(sums: bigint[], added: readonly bigint[]): void {
  for (let index = 0; index < sums.length; index += 1) {
    const sum = added[index] ?? 0n;
    if (sum !== 0n) sums[index] = (sums[index] ?? 0n) + sum;
  }
}

function isAnything(sums: readonly bigint[]): boolean {
  return sums.some((sum) => sum !== 0n);
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
  return nets.filter(({ sums }) => isAnything(sums));
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
