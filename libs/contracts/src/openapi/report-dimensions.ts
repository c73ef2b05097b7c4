import type { REPORTS, ReportName } from '../reports.js';
import type { JsonSchema } from './document-types.js';
import { EXAMPLES } from './examples.js';
import { FILTER_OPERATORS, type Filterable } from './filters.js';
import { CURRENCY_PATTERN } from './json-schema.js';

export type DimensionName = (typeof REPORTS)[ReportName]['dimensions'][number];

export interface Dimension {
  readonly kind: 'keyword' | 'reference' | 'month' | 'currency';
  readonly description: string;
  readonly example: string;
  /** Its values are shown as `{id, name}`. */
  readonly named?: true;
}

const { prospects, opportunities, accounts } = EXAMPLES;

/** What the reports group and filter by. */
export const DIMENSIONS: { readonly [D in DimensionName]: Dimension } = {
  source: { kind: 'keyword', description: 'Where it came from', example: String(prospects.complete.source) },
  stage: { kind: 'keyword', description: 'Key of the stage', example: String(opportunities.complete.stage) },
  owner: { kind: 'keyword', description: 'Sales representative', example: String(prospects.complete.owner) },
  industry: { kind: 'keyword', description: 'Industry', example: String(accounts.complete.industry) },
  createdMonth: { kind: 'month', description: 'Month of its creation, in UTC', example: '2026-03' },
  expectedCloseMonth: { kind: 'month', description: 'Month in which it is expected to close', example: '2026-06' },
  closedMonth: { kind: 'month', description: 'Month in which it was won or lost, in UTC', example: '2026-05' },
  pipeline: { kind: 'reference', description: 'Id of the pipeline', example: EXAMPLES.pipelines.id },
  account: { kind: 'reference', description: 'Account, by its id', example: accounts.id, named: true },
  client: { kind: 'reference', description: 'Client, by its id', example: EXAMPLES.clients.id, named: true },
  currency: { kind: 'currency', description: 'Currency of the amount by ISO 4217', example: 'EUR' },
};

/** A dimension as something to filter by: with the operators that a list has for a field of its kind. */
export function dimensionFilter(name: DimensionName): Filterable {
  const { kind, description, example } = DIMENSIONS[name];
  const operators = kind === 'month' ? FILTER_OPERATORS.date : FILTER_OPERATORS.keyword;
  return { name, description, operators, value: { ...idOrText(kind), examples: [example] } };
}

/** A dimension's value in a row: null for the group of what has none. */
export function dimensionSchema(name: DimensionName): JsonSchema {
  const { kind, description, example, named } = DIMENSIONS[name];
  if (!named) return { ...idOrText(kind), type: ['string', 'null'], description, examples: [example] };
  const properties = { id: { type: 'string', format: 'uuid' }, name: { type: 'string' } } as const;
  return { type: ['object', 'null'], description, required: ['id', 'name'], properties };
}

function idOrText(kind: Dimension['kind']): JsonSchema {
  switch (kind) {
    case 'keyword':
      return { type: 'string', minLength: 1, maxLength: 200 };
    case 'reference':
      return { type: 'string', format: 'uuid' };
    case 'month':
      return { type: 'string', pattern: '^\\d{4}-(0[1-9]|1[0-2])$' };
    case 'currency':
      return { type: 'string', pattern: CURRENCY_PATTERN };
    default:
      return kind satisfies never;
  }
}
