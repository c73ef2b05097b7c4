import { isDate } from '@sillage/kernel';
import type { Condition, Scalar } from '@sillage/view-store';
import { currencyPath, type FilterField, type FilterFields, OPERATORS, type Operator } from './filter-field.js';
import { filterValue } from './filter-value.js';
import type { Faults, ParameterGroups } from './parameter-groups.js';

/** A parameter that filters: by which field, and how. */
interface Filtering {
  readonly parameter: string;
  readonly path: string;
  readonly field: FilterField;
  readonly operator: Operator;
  readonly values: readonly string[];
}

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

function filteringOf(
  fields: FilterFields,
  parameter: string,
  values: readonly string[],
  faults: Faults,
): Filtering | undefined {
  const equal = fieldAt(fields, parameter);
  if (equal !== undefined) return checked({ parameter, path: parameter, field: equal, operator: 'eq', values }, faults);
  const dot = parameter.lastIndexOf('.');
  const [path, suffix] = [parameter.slice(0, dot), parameter.slice(dot + 1)];
  const field = dot < 0 ? undefined : fieldAt(fields, path);
  if (field === undefined) return faults.add(parameter, dot < 0 ? 'unknown-parameter' : 'unknown-field');
  const operator = OPERATORS[field.kind].find((candidate) => candidate === suffix && candidate !== 'eq');
  if (operator === undefined) return refuseOperator(parameter, field, faults);
  return checked({ parameter, path, field, operator, values }, faults);
}

function fieldAt(fields: FilterFields, path: string): FilterField | undefined {
  const open = path.slice(0, path.indexOf('.'));
  if (open !== '' && path.length > open.length + 1 && Object.hasOwn(fields, open) && fields[open]?.kind === 'open') {
    return fields[open];
  }
  return Object.hasOwn(fields, path) ? fields[path] : undefined;
}

function checked(filtering: Filtering, faults: Faults): Filtering | undefined {
  const { parameter, path, field, operator, values } = filtering;
  if (!OPERATORS[field.kind].includes(operator)) return refuseOperator(parameter, field, faults);
  // An open object has no value of its own, only its keys have.
  if (field.kind === 'open' && !path.includes('.')) return faults.add(parameter, 'unknown-field');
  const isRepeatable = operator === 'eq' || operator === 'ne';
  if (!isRepeatable && values.length > 1) return faults.add(parameter, 'given-twice');
  return filtering;
}

function refuseOperator(parameter: string, { kind }: FilterField, faults: Faults): undefined {
  faults.add(parameter, 'unknown-operator', { choices: OPERATORS[kind].join(', ') });
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
    const { wrong, choices } = parsed;
    faults.add(parameter, wrong, { expected: field.kind, ...(choices && { choices: choices.join(', ') }) });
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
