import { type FieldSpec, fieldsOf } from '../fields/index.js';
import { type RecordTypeName, recordFields } from '../records/index.js';
import type { JsonSchema, Parameter } from './document-types.js';
import { exampleRecord, exampleValue } from './examples.js';
import { FILTER_OPERATORS, type Filterable, filterParameters } from './filters.js';
import { AMOUNT_PATTERN, CURRENCY_PATTERN, fieldSchema } from './json-schema.js';

/** One query parameter for each field of a record type and each operator that the field takes. */
export function recordFilters(type: RecordTypeName, without: readonly string[]): readonly Parameter[] {
  const specs = recordFields(type).filter(({ name }) => !without.includes(name));
  return [...specs.flatMap((spec) => filterables(type, spec, '')).flatMap(filterParameters), CUSTOM];
}

/** OpenAPI cannot name what has a free name; an exploded object sends each of its members as a parameter. */
const CUSTOM: Parameter = {
  name: 'custom',
  in: 'query',
  description:
    'The value of a key of `custom`, as text: `custom.region=west`. One parameter a key; written here as an object ' +
    'whose members are those parameters.',
  style: 'form',
  explode: true,
  schema: {
    type: 'object',
    propertyNames: { pattern: '^custom\\..{1,100}$' },
    additionalProperties: { type: 'string', maxLength: 2_000 },
    examples: [{ 'custom.region': 'west' }],
  },
  // Without it Swagger UI makes up members and sends them.
  example: {},
};

function filterables(type: RecordTypeName, spec: FieldSpec, prefix: string): readonly Filterable[] {
  const name = prefix + spec.name;
  if (spec.kind === 'object' && spec.of !== undefined) {
    return fieldsOf(spec.of).flatMap((inner) => filterables(type, inner, `${name}.`));
  }
  if (spec.kind === 'money') return moneyFilterables(name, spec);
  const description =
    spec.kind === 'instant' ? `${spec.description} (a date is the whole day in UTC)` : spec.description;
  return [{ name, description, operators: FILTER_OPERATORS[spec.kind], value: queryValue(type, spec, name) }];
}

function moneyFilterables(name: string, { description }: FieldSpec): readonly Filterable[] {
  const amount: Filterable = {
    name,
    description: `${description}, in units of the currency that \`${name}.currency\` names`,
    operators: FILTER_OPERATORS.money,
    value: { type: 'string', pattern: AMOUNT_PATTERN, examples: ['1000'] },
  };
  const currency: Filterable = {
    name: `${name}.currency`,
    description: `${description}: its currency by ISO 4217`,
    operators: FILTER_OPERATORS.keyword,
    value: { type: 'string', pattern: CURRENCY_PATTERN, examples: ['EUR'] },
  };
  return [amount, currency];
}

/** A field's value as one parameter of a query string: of a list, one of its items; for an instant also a date. */
function queryValue(type: RecordTypeName, spec: FieldSpec, path: string): JsonSchema {
  const examples = [exampleValue(exampleRecord(type), path, spec)].flat();
  if (spec.kind === 'instant') return { type: 'string', anyOf: INSTANT_OR_DAY, examples };
  const { description: _, items, ...schema } = fieldSchema(spec, 'whole');
  return { ...(items ?? schema), examples };
}

const INSTANT_OR_DAY: readonly JsonSchema[] = [{ format: 'date-time' }, { format: 'date' }];
