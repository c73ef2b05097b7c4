import { Problem } from '@sillage/kernel';
import type { PageKey, Scalar } from '../query.js';
import type { Predicate } from './compile-condition.js';
import type { Column } from './layout.js';

/** What every list is sorted by in the end, so that no two documents of a tenant stand in one place. */
const CREATION: readonly Pick<Column, 'path' | 'type'>[] = [
  { path: 'created', type: 'number' },
  { path: 'ordinal', type: 'number' },
];

export interface PartsRequest {
  /** Of the field that is sorted by; none for the order of creation. */
  readonly columns: readonly Column[];
  readonly descending: boolean;
  readonly after: PageKey | undefined;
}

/** The paths that a list is sorted by, most significant first. */
export function sortPaths(columns: readonly Column[]): readonly string[] {
  return [...columns, ...CREATION].map(({ path }) => path);
}

/**
 * The parts of the list behind a page's end, or from the beginning, in order: those with a value come before those
 * without. Each is one stretch of the index that keeps the order, from one bound to another; one question for all of
 * them would be left to the planner to take apart.
 * @throws Problem `invalid-cursor` when the page's end is none of such a list.
 */
export function pageParts({ columns, descending, after }: PartsRequest): readonly Predicate[] {
  const end = after && parsed(columns, after);
  const beyond = descending ? '$lt' : '$gt';
  const [first] = columns;
  if (!first) return end ? partsBehind(CREATION, end.creation, beyond) : [{}];

  const missing = { [first.path]: { $eq: null } };
  if (!end) return [{ [first.path]: { $ne: null } }, missing];
  if (end.values) return [...partsBehind([...columns, ...CREATION], [...end.values, ...end.creation], beyond), missing];
  return partsBehind(CREATION, end.creation, beyond).map((part) => ({ ...missing, ...part }));
}

/** From the inside out: equal in all but the last, in all but the last two, … */
function partsBehind(
  keys: readonly Pick<Column, 'path'>[],
  values: readonly Scalar[],
  beyond: '$lt' | '$gt',
): readonly Predicate[] {
  const parts: Predicate[] = [];
  let equal: Predicate = {};
  for (const [index, { path }] of keys.entries()) {
    parts.unshift({ ...equal, [path]: { [beyond]: values[index] } });
    equal = { ...equal, [path]: { $eq: values[index] } };
  }
  return parts;
}

interface End {
  /** None when the last document of the page has no value. */
  readonly values: readonly Scalar[] | undefined;
  readonly creation: readonly Scalar[];
}

/** Takes the end of a page apart. It has been in the hands of callers, so it may be anything. */
function parsed(columns: readonly Column[], after: PageKey): End {
  const values = after.slice(0, columns.length);
  const creation = scalars(CREATION, after.slice(columns.length));
  const isMissing = values.length > 0 && values.every((value) => value === null);
  return { values: isMissing ? undefined : scalars(columns, values), creation };
}

function scalars(keys: readonly Pick<Column, 'type'>[], values: PageKey): readonly Scalar[] {
  const typed = values.filter((value, index): value is Scalar => typeof value === keys[index]?.type);
  if (typed.length !== keys.length || values.length !== keys.length) throw new Problem('invalid-cursor');
  return typed;
}
