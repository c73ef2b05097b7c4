import { answers, type Query } from '../sample/queries.js';
import type { SampleRecord } from '../sample/records.js';

/** What both sides' answers are checked against. Each gives what is wrong; undefined when nothing is. */

interface Named {
  readonly name: string;
}

export function complaintOfPage(items: readonly Named[], wanted: number): string | undefined {
  return items.length === wanted ? undefined : `${items.length} records instead of ${wanted}`;
}

export function complaintOfSearch(items: readonly Named[], query: Query): string | undefined {
  if (items.length === 0) return `nothing found for ${query.join(' ')}`;
  const stranger = items.find(({ name }) => !answers(name, query));
  return stranger === undefined ? undefined : `"${stranger.name}" found for ${query.join(' ')}`;
}

export function complaintOfReport(
  rows: readonly { readonly stage: string; readonly count: number }[],
  expected: ReadonlyMap<string, number>,
): string | undefined {
  const wrong = rows.find(({ stage, count }) => expected.get(stage) !== count);
  if (wrong !== undefined)
    return `${wrong.count} records in stage ${wrong.stage} instead of ${expected.get(wrong.stage)}`;
  return rows.length === expected.size ? undefined : `${rows.length} stages instead of ${expected.size}`;
}

/** A record as it was given back, with whatever stage. Its amount is in minor units. */
export type KeptRecord = Omit<SampleRecord, 'stage'> & { readonly stage: string };

export function complaintOfRecord(given: KeptRecord, wanted: SampleRecord): string | undefined {
  const fields = ['name', 'owner', 'amount', 'stage'] as const;
  const wrong = fields.find((field) => given[field] !== wanted[field]);
  return wrong === undefined ? undefined : `${wrong} is ${given[wrong]} instead of ${wanted[wrong]}`;
}
