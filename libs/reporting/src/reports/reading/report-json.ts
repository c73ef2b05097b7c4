import type { Money } from '@sillage/kernel';
import type { DimensionValues } from '../dimension.js';
import { isNamed, type Named } from '../names.js';
import type { Report } from '../report.js';
import { moneyOf } from '../report-money.js';
import type { MeasureValue, MeasureValues } from './measures.js';
import type { ReportTable } from './read-report.js';

/** A report as JSON: `{groupBy, rows, totals, position, at}`. The position is that of `Sillage-Position`. */
export function reportJson(report: Report, { groupBy, rows, totals, names, position, at }: ReportTable): string {
  return JSON.stringify({
    groupBy,
    rows: rows.map(({ values, measures }) => ({
      ...dimensionMembers(report, groupBy, values, names),
      ...measureMembers(measures),
    })),
    totals: measureMembers(totals),
    position,
    at,
  });
}

function dimensionMembers(
  { dimensions }: Report,
  groupBy: readonly string[],
  values: DimensionValues,
  names: ReportTable['names'],
): { readonly [dimension: string]: string | Named | null } {
  const members = groupBy.map((name, index): readonly [string, string | Named | null] => {
    const [value, kind] = [values[index] ?? null, dimensions[name]?.kind];
    if (value === null || kind === undefined || !isNamed(kind)) return [name, value];
    return [name, { id: value, name: names.get(value) ?? null }];
  });
  return Object.fromEntries(members);
}

function measureMembers(measures: MeasureValues): { readonly [measure: string]: number | readonly Money[] | null } {
  return Object.fromEntries(Object.entries(measures).map(([name, value]) => [name, member(value)]));
}

function member(value: MeasureValue): number | readonly Money[] | null {
  switch (value.kind) {
    case 'count':
    case 'rate':
      return value.value;
    case 'money':
      return value.amounts.map(({ minor, currency }) => moneyOf(minor, currency));
    default:
      return value satisfies never;
  }
}
