import type { Condition, Filter, Query } from '@sillage/view-store';
import { conditionsOf } from '../../query/conditions.js';
import { fromCursor, type Question } from '../../query/cursor.js';
import { filterFields } from '../../query/filter-field.js';
import { searchedWords } from '../../query/list-query.js';
import { Faults, groupParameters } from '../../query/parameter-groups.js';
import type { Parameter } from '../../read-models.js';
import { dimensionFilters } from '../dimension-filters.js';
import type { Report } from '../report.js';
import { monthConditions } from './month-conditions.js';

/** What a page of a report's detail is asked for. */
export interface DetailQuery {
  readonly query: Query;
  /** What the cursors of its pages are tied to. */
  readonly question: Question;
  /** On dimensions that are months, which the view's own filters only narrow down. */
  readonly months: readonly Condition[];
}

/** Rows read at once. */
const PAGE = 1_000;

/** Records that begin while pages are read come behind them. */
const OLDEST_FIRST = { field: 'createdAt', descending: false };

/**
 * Reads the parameters of a report's detail: filters on its dimensions, and those of the list of its records.
 * @param after Where the page before ended.
 * @throws Problem `validation-failed` naming every parameter that is not understood; `invalid-cursor`.
 */
export function parseDetailQuery(
  report: Report,
  tenant: string,
  parameters: readonly Parameter[],
  after: string | undefined,
): DetailQuery {
  const { view } = report;
  const groups = groupParameters(parameters);
  const faults = new Faults();
  const isSearched = Object.values(view.fields).some(({ searched }) => searched);
  const filtering = new Map([...groups].filter(([name]) => !(isSearched && name === 'q')));
  const given = conditionsOf({ ...filterFields(view), ...dimensionFilters(report) }, filtering, faults);
  const words = isSearched ? searchedWords(groups, faults) : [];
  faults.throwIfAny();

  const filter: Filter = { tenant, conditions: given.flatMap((each) => onFields(report, each)), words, deleted: false };
  const months = given.filter(({ field }) => report.dimensions[field]?.kind === 'month');
  // Tied to the months as well: they may ask for more than the conditions on fields tell.
  const question = { view: view.name, filter: { ...filter, conditions: given }, sort: OLDEST_FIRST };
  const key = after === undefined ? undefined : fromCursor(question, after);
  return { query: { ...filter, sort: OLDEST_FIRST, limit: PAGE, ...(key && { after: key }) }, question, months };
}

/** The conditions on the fields of the view that a condition on a dimension, or on a field, amounts to. */
function onFields({ view, dimensions }: Report, condition: Condition): readonly Condition[] {
  const dimension = dimensions[condition.field];
  if (dimension === undefined) return [condition];
  const { kind, field } = dimension;
  if (kind !== 'month') return [{ ...condition, field }];
  return monthConditions(condition, field, view.fields[field]?.kind === 'instant' ? 'instant' : 'date');
}
