import type { FieldKind } from '../fields/index.js';
import type { JsonSchema, Parameter } from './document-types.js';

/** How a list or report may be filtered by one field: `eq` is `field=value`, the others `field.<operator>=value`. */
export type FilterOperator = 'eq' | 'ne' | 'gt' | 'gte' | 'lt' | 'lte' | 'exists';

const EQUALITY = ['eq', 'ne', 'exists'] as const;
const ORDER = ['eq', 'ne', 'gt', 'gte', 'lt', 'lte', 'exists'] as const;

/** The operators that each kind of field takes. Fields within an `object` are filtered by their own path. */
export const FILTER_OPERATORS = {
  keyword: EQUALITY,
  choice: EQUALITY,
  reference: EQUALITY,
  keywords: EQUALITY,
  number: ORDER,
  instant: ORDER,
  date: ORDER,
  money: ORDER,
  text: ['exists'],
  // Under free keys: `custom.<key>=value`, by equality alone.
  open: [],
  object: [],
  list: [],
} as const satisfies { [K in FieldKind]: readonly FilterOperator[] };

const WORDS: { readonly [O in FilterOperator]: string } = {
  eq: 'Equal to this value; repeated, to any of them.',
  ne: 'Not equal to this value; repeated, to none of them. What has no value matches too.',
  gt: 'Greater, or later, than this value.',
  gte: 'From this value on.',
  lt: 'Less, or earlier, than this value.',
  lte: 'Up to this value.',
  exists: '`true`: it has a value; `false`: it has none.',
};

/** Something that a list or report can be filtered by. */
export interface Filterable {
  /** Its path: `owner`, `address.city`. */
  readonly name: string;
  readonly description: string;
  readonly operators: readonly FilterOperator[];
  /** Of one value in a query string. */
  readonly value: JsonSchema;
}

/** One query parameter for each operator. */
export function filterParameters({ name, description, operators, value }: Filterable): readonly Parameter[] {
  return operators.map((operator) => ({
    name: operator === 'eq' ? name : `${name}.${operator}`,
    in: 'query',
    description: `${description}. ${WORDS[operator]}`,
    ...shape(operator, value),
  }));
}

function shape(operator: FilterOperator, value: JsonSchema): Pick<Parameter, 'schema' | 'style' | 'explode'> {
  switch (operator) {
    case 'eq':
    case 'ne':
      return { schema: { type: 'array', minItems: 1, items: value }, style: 'form', explode: true };
    case 'gt':
    case 'gte':
    case 'lt':
    case 'lte':
      return { schema: value };
    case 'exists':
      return { schema: { type: 'boolean', examples: [true] } };
    default:
      return operator satisfies never;
  }
}
