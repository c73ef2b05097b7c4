import { type Filter, type Query, queryWords, type Sort } from '@sillage/view-store';
import type { Parameter } from '../read-models.js';
import type { ListedView } from '../views/record-views.js';
import { conditionsOf } from './conditions.js';
import { fromCursor, type Question } from './cursor.js';
import { filterFields } from './filter-field.js';
import { Faults, flag, groupParameters, type ParameterGroups, single, wholeNumber } from './parameter-groups.js';

/** What a list is asked for. */
export interface ListQuery {
  readonly query: Query;
  /** What the cursors of its pages are tied to. */
  readonly question: Question;
  /** Whether the whole is to be counted. */
  readonly count: boolean;
}

const DEFAULT_LIMIT = 50;
const LIMIT = { minimum: 1, maximum: 200 };
/** Characters of a search. */
const MOST_SEARCHED = 200;
const RESERVED = new Set(['q', 'sort', 'limit', 'cursor', 'deleted', 'count']);

/**
 * Reads the parameters of a list.
 * @throws Problem `validation-failed` naming every parameter that is not understood; `invalid-cursor`.
 */
export function parseListQuery(view: ListedView, tenant: string, parameters: readonly Parameter[]): ListQuery {
  const groups = groupParameters(parameters);
  const faults = new Faults();
  const filter = filterOf(view, tenant, groups, faults);
  const sort = sortOf(view, groups, faults);
  const limit = wholeNumber(groups, 'limit', LIMIT, faults) ?? DEFAULT_LIMIT;
  const count = flag(groups, 'count', faults);
  const cursor = single(groups, 'cursor', faults);
  faults.throwIfAny();
  const question = { view: view.name, filter, sort };
  const after = cursor === undefined ? undefined : fromCursor(question, cursor);
  return { query: { ...filter, sort, limit, ...(after && { after }) }, question, count };
}

/** The filters of a list among its parameters. */
function filterOf(view: ListedView, tenant: string, groups: ParameterGroups, faults: Faults): Filter {
  const filtering = new Map([...groups].filter(([name]) => !RESERVED.has(name)));
  return {
    tenant,
    conditions: conditionsOf(filterFields(view), filtering, faults),
    words: searchedWords(groups, faults),
    deleted: flag(groups, 'deleted', faults),
  };
}

/** The words of `q=`. A search without a word finds everything. */
export function searchedWords(groups: ParameterGroups, faults: Faults): readonly string[] {
  const text = single(groups, 'q', faults) ?? '';
  if (text.length > MOST_SEARCHED) faults.add('q', 'too-long', { limit: MOST_SEARCHED });
  return queryWords(text.slice(0, MOST_SEARCHED));
}

/** `name` or `-name`; the newest first unless given. */
function sortOf({ fields }: ListedView, groups: ParameterGroups, faults: Faults): Sort {
  const text = single(groups, 'sort', faults) ?? '-createdAt';
  const descending = text.startsWith('-');
  const field = descending ? text.slice(1) : text;
  if (!Object.hasOwn(fields, field)) faults.add('sort', 'unknown-field', { field });
  else if (!fields[field]?.sortable)
    faults.add('sort', 'not-sortable', { field, choices: sortable(fields).join(', ') });
  return { field, descending };
}

function sortable(fields: ListedView['fields']): readonly string[] {
  return Object.keys(fields).filter((path) => fields[path]?.sortable);
}
