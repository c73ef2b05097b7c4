import { isDate } from '@sillage/kernel';
import type { Condition, Scalar } from '@sillage/view-store';
import { currencyPath, type FilterFields, type Operator } from './filter-field.js';
import { filterValue } from './filter-value.js';
import { type Filtering, filteringOf } from './filtering.js';
import type { Faults, ParameterGroups } from './parameter-groups.js';

/**
 * The conditions that parameters amount to: all of them hold. Repeated values of `field=` mean any of them, of
 * `field.ne=` none of them. Amounts are in units of the currency, which must stand beside them (`amount.currency=EUR`).
 * Where a field is an instant, a date stands for the whole of that day in UTC: `gte` from its start on, `gt` after its
 * end, `field=2026-03-01` within it.
 */
export function conditionsOf(fields: FilterFields, groups: ParameterGroups, faults: Faults): readonly Condition[] {
  return [...groups].flatMap(([parameter, values]) => {
    const filtering = filteringOf(fields, parameter, values, faults);
    return filtering === undefined ? [] : fieldConditions(filtering, groups, faults);
  });
}

function fieldConditions(filtering: Filtering, groups: ParameterGroups, faults: Faults): readonly Condition[] {
  const { path, field, operator, values, parameter } = filtering;
  const [first = ''] = values;
  if (operator === 'exists') {
    if (first !== 'true' && first !== 'false') faults.add(parameter, 'not-in-set', { choices: 'true, false' });
    return [{ field: path, operator, value: first === 'true' }];
  }
  if (field.kind === 'instant' && values.length === 1 && operator !== 'ne' && isDate(first)) {
    return dayConditions(path, operator, first);
  }
  const parsed = parsedValues(filtering, groups, faults);
  const [value] = parsed;
  if (value === undefined) return [];
  if (operator === 'eq' || operator === 'ne') {
    // In one order, so that a cursor does not depend on the one in which values were given.
    const distinct = [...new Set(parsed)].sort();
    return [{ field: path, operator: operator === 'eq' ? 'in' : 'not-in', values: distinct }];
  }
  return [{ field: path, operator, value }];
}

function parsedValues(filtering: Filtering, groups: ParameterGroups, faults: Faults): readonly Scalar[] {
  const { parameter, path, field, values } = filtering;
  const currency = field.kind === 'money' ? groups.get(currencyPath(path)) : [];
  if (field.kind === 'money' && currency?.length !== 1) {
    faults.add(parameter, 'currency-required', { field: currencyPath(path) });
    return [];
  }
  return values.flatMap((text) => {
    const parsed = filterValue(field, text, currency?.[0] ?? '');
    if ('value' in parsed) return [parsed.value];
    faults.add(parameter, parsed.wrong, parsed.params);
    return [];
  });
}

/** Instants have milliseconds, so that this is the last one of a day. */
const DAY_END = 'T23:59:59.999Z';
const DAY_START = 'T00:00:00.000Z';

function dayConditions(
  field: string,
  operator: Exclude<Operator, 'ne' | 'exists'>,
  date: string,
): readonly Condition[] {
  switch (operator) {
    case 'eq':
      return [
        { field, operator: 'gte', value: date + DAY_START },
        { field, operator: 'lte', value: date + DAY_END },
      ];
    case 'gte':
    case 'lt':
      return [{ field, operator, value: date + DAY_START }];
    case 'gt':
    case 'lte':
      return [{ field, operator, value: date + DAY_END }];
    default:
      return operator satisfies never;
  }
}
