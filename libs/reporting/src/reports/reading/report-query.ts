import type { Condition, Sort } from '@sillage/view-store';
import { conditionsOf } from '../../query/conditions.js';
import { Faults, groupParameters, type ParameterGroups, single, wholeNumber } from '../../query/parameter-groups.js';
import type { Parameter } from '../../read-models.js';
import { dimensionFilters } from '../dimension-filters.js';
import type { Report } from '../report.js';

/** What a report is asked for. */
export interface ReportQuery {
  /** Names of dimensions; none for one row of totals. */
  readonly groupBy: readonly string[];
  /** On dimensions. */
  readonly conditions: readonly Condition[];
  /** By a measure or a dimension that it is grouped by; by the dimensions unless given. */
  readonly sort?: Sort;
  readonly limit?: number;
}

const LIMIT = { minimum: 1, maximum: 10_000 };
const RESERVED = new Set(['groupBy', 'sort', 'limit']);

/**
 * Reads the parameters of a report.
 * @throws Problem `validation-failed` naming every parameter that is not understood.
 */
export function parseReportQuery(report: Report, parameters: readonly Parameter[]): ReportQuery {
  const groups = groupParameters(parameters);
  const faults = new Faults();
  const groupBy = groupByOf(report, groups, faults);
  const filtering = new Map([...groups].filter(([name]) => !RESERVED.has(name)));
  const conditions = conditionsOf(dimensionFilters(report), filtering, faults);
  const sort = sortOf(report, groupBy, groups, faults);
  const limit = wholeNumber(groups, 'limit', LIMIT, faults);
  faults.throwIfAny();
  return { groupBy, conditions, ...(sort && { sort }), ...(limit !== undefined && { limit }) };
}

function groupByOf({ shape }: Report, groups: ParameterGroups, faults: Faults): readonly string[] {
  const text = single(groups, 'groupBy', faults) ?? '';
  const names = text === '' ? [] : text.split(',');
  for (const [index, name] of names.entries()) {
    const choices = shape.dimensions.join(', ');
    if (!shape.dimensions.includes(name)) faults.add('groupBy', 'unknown-field', { field: name, choices });
    else if (names.indexOf(name) < index) faults.add('groupBy', 'duplicate', { value: name });
  }
  return names;
}

function sortOf(
  { shape, measures, dimensions }: Report,
  groupBy: readonly string[],
  groups: ParameterGroups,
  faults: Faults,
): Sort | undefined {
  const text = single(groups, 'sort', faults);
  if (text === undefined) return undefined;
  const descending = text.startsWith('-');
  const field = descending ? text.slice(1) : text;
  const choices = [...Object.keys(shape.measures), ...groupBy];
  if (choices.includes(field)) return { field, descending };
  const isKnown = Object.hasOwn(measures, field) || Object.hasOwn(dimensions, field);
  return faults.add('sort', isKnown ? 'not-sortable' : 'unknown-field', { field, choices: choices.join(', ') });
}
