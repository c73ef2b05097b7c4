import type { Condition } from '../query.js';
import { ALL_KEYS, type KeyRange, keysOf } from './document-key.js';

/** What conditions on `createdAt` say of the key that is made of it. */
export interface KeyFilter {
  /** The key lies in it. */
  readonly range: KeyRange;
  /** For each list, the key lies in one of its ranges as well. */
  readonly within: readonly (readonly KeyRange[])[];
  /** The key lies in none of them. */
  readonly outside: readonly KeyRange[];
}

export const ANY_KEY: KeyFilter = { range: ALL_KEYS, within: [], outside: [] };

/** A filter with one more condition on `createdAt`. */
export function narrowed(filter: KeyFilter, condition: Condition): KeyFilter {
  switch (condition.operator) {
    case 'in': {
      const ranges = condition.values.map((value) => keysOf(String(value)));
      const [only] = ranges;
      if (only && ranges.length === 1) return { ...filter, range: intersection(filter.range, only) };
      return { ...filter, within: [...filter.within, ranges] };
    }
    case 'not-in':
      return { ...filter, outside: [...filter.outside, ...condition.values.map((value) => keysOf(String(value)))] };
    case 'exists':
      // Every document has been created.
      return condition.value ? filter : { ...filter, within: [...filter.within, []] };
    default:
      return {
        ...filter,
        range: intersection(filter.range, beyond(condition.operator, keysOf(String(condition.value)))),
      };
  }
}

/** The keys on one side of those of an instant. */
function beyond(operator: 'gt' | 'gte' | 'lt' | 'lte', { first, last }: KeyRange): KeyRange {
  switch (operator) {
    case 'gt':
      return { ...ALL_KEYS, first: last + 1n };
    case 'gte':
      return { ...ALL_KEYS, first };
    case 'lt':
      return { ...ALL_KEYS, last: first - 1n };
    case 'lte':
      return { ...ALL_KEYS, last };
  }
}

export function intersection(one: KeyRange, other: KeyRange): KeyRange {
  return {
    first: one.first > other.first ? one.first : other.first,
    last: one.last < other.last ? one.last : other.last,
  };
}
