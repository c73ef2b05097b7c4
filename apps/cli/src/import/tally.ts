import type { Outcome } from './record-writer.js';

/** What became of the rows of one file. */
export class Tally {
  /** Rows by outcome; every row has exactly one. */
  readonly rows: Record<Outcome['kind'], number> = { created: 0, updated: 0, unchanged: 0, deleted: 0, refused: 0 };
  /** Records that were given a reference to another of the same file, once all were there. */
  linked = 0;
  /** References within the file that lead to nothing. */
  notLinked = 0;

  constructor(
    readonly file: string,
    readonly type: string,
  ) {}

  get total(): number {
    return Object.values(this.rows).reduce((sum, count) => sum + count, 0);
  }
}

const NUMBER = new Intl.NumberFormat('en');

/** One line a file, and one for all. */
export function summaryOf(tallies: readonly Tally[], milliseconds: number): string {
  const total = tallies.reduce((sum, tally) => sum + tally.total, 0);
  const seconds = Math.max(milliseconds, 1) / 1_000;
  const speed = `${NUMBER.format(Math.round(total / seconds))} records/s`;
  return [...tallies.map(lineOf), `${NUMBER.format(total)} rows in ${seconds.toFixed(1)} s (${speed})`].join('\n');
}

function lineOf({ file, type, rows, linked, notLinked, total }: Tally): string {
  const always = [`${NUMBER.format(rows.created)} created`, `${NUMBER.format(rows.updated)} updated`];
  const sometimes = [
    [rows.deleted, 'left deleted'],
    [linked, 'linked'],
    [notLinked, 'links to nothing'],
  ] as const;
  const rest = sometimes.filter(([count]) => count > 0).map(([count, what]) => `${NUMBER.format(count)} ${what}`);
  const all = [
    ...always,
    `${NUMBER.format(rows.unchanged)} unchanged`,
    `${NUMBER.format(rows.refused)} refused`,
    ...rest,
  ];
  return `${file} -> ${type}: ${NUMBER.format(total)} rows, ${all.join(', ')}`;
}
