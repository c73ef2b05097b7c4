import { type FilterField, type FilterFields, OPERATORS, type Operator } from './filter-field.js';
import type { Faults } from './parameter-groups.js';

/** A parameter that filters: by which field, and how. */
export interface Filtering {
  readonly parameter: string;
  /** Of the field; for a key of an open object with that key. */
  readonly path: string;
  readonly field: FilterField;
  readonly operator: Operator;
  readonly values: readonly string[];
}

/** Reads the name of a parameter: `owner`, `owner.ne`, `custom.<key>`. Undefined when it is not understood, a fault. */
export function filteringOf(
  fields: FilterFields,
  parameter: string,
  values: readonly string[],
  faults: Faults,
): Filtering | undefined {
  const exact = openField(fields, parameter) ?? own(fields, parameter);
  if (exact !== undefined) return allowed({ parameter, path: parameter, field: exact, operator: 'eq', values }, faults);
  const dot = parameter.lastIndexOf('.');
  const [path, suffix] = [parameter.slice(0, dot), parameter.slice(dot + 1)];
  const field = dot < 0 ? undefined : own(fields, path);
  if (field === undefined) return faults.add(parameter, dot < 0 ? 'unknown-parameter' : 'unknown-field');
  const operator = OPERATORS[field.kind].find((candidate) => candidate === suffix && candidate !== 'eq');
  if (operator === undefined) return refuseOperator(parameter, field, faults);
  return allowed({ parameter, path, field, operator, values }, faults);
}

/** The open object under one of whose keys a parameter reaches: all that is behind the first dot is the key. */
function openField(fields: FilterFields, parameter: string): FilterField | undefined {
  const dot = parameter.indexOf('.');
  if (dot < 0 || dot === parameter.length - 1) return undefined;
  const field = own(fields, parameter.slice(0, dot));
  return field?.kind === 'open' ? field : undefined;
}

/** A declared field: a parameter named `constructor` must not find what every object inherits. */
function own(fields: FilterFields, path: string): FilterField | undefined {
  return Object.hasOwn(fields, path) ? fields[path] : undefined;
}

function allowed(filtering: Filtering, faults: Faults): Filtering | undefined {
  const { parameter, path, field, operator, values } = filtering;
  if (!OPERATORS[field.kind].includes(operator)) return refuseOperator(parameter, field, faults);
  // An open object has no value of its own, only its keys have.
  if (field.kind === 'open' && !path.includes('.')) return faults.add(parameter, 'unknown-field');
  const isRepeatable = operator === 'eq' || operator === 'ne';
  if (!isRepeatable && values.length > 1) return faults.add(parameter, 'given-twice');
  return filtering;
}

function refuseOperator(parameter: string, { kind }: FilterField, faults: Faults): undefined {
  return faults.add(parameter, 'unknown-operator', { choices: OPERATORS[kind].join(', ') });
}
