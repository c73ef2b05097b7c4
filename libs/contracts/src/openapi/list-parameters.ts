import { type FieldSpec, fieldsOf } from '../fields/index.js';
import { type RecordTypeName, recordFields } from '../records/index.js';
import type { Parameter, Reference } from './document-types.js';
import { exampleRecord } from './examples.js';
import { recordFilters } from './record-filters.js';
import { parameterRef } from './references.js';

/** Parameters of every list, under their names among the document's components. */
export const LIST_PARAMETERS = {
  Limit: {
    name: 'limit',
    in: 'query',
    description: 'How many at most.',
    schema: { type: 'integer', minimum: 1, maximum: 200, default: 50, examples: [20] },
  },
  Cursor: {
    name: 'cursor',
    in: 'query',
    description: 'Where to go on: the `nextCursor` of the page before. All other parameters must stay as they were.',
    schema: { type: 'string', minLength: 1, examples: ['WyIyMDI2LTAzLTAyVDA5OjMwOjAwLjAwMFoiLDEwNDJd'] },
  },
  OnlyDeleted: {
    name: 'deleted',
    in: 'query',
    description: '`true`: only the deleted records; `false`: only the others.',
    schema: { type: 'boolean', default: false, examples: [true] },
  },
  Count: {
    name: 'count',
    in: 'query',
    description: '`true` adds `total`, or `totalIsAtLeast` where there are more than 10,000.',
    schema: { type: 'boolean', default: false, examples: [true] },
  },
} as const satisfies { [name: string]: Parameter };

export interface ListOptions {
  /** Sort unless another is asked for; `-createdAt` by default. */
  readonly defaultSort?: string;
  /** Fields that this list cannot be filtered by. */
  readonly without?: readonly string[];
}

/** What a list of a type may be asked: search, order, page, and a filter for each field and operator. */
export function listParameters(type: RecordTypeName, options: ListOptions = {}): readonly (Parameter | Reference)[] {
  const { defaultSort = '-createdAt', without = [] } = options;
  return [
    searchParameter(type),
    sortParameter(type, defaultSort),
    ...Object.keys(LIST_PARAMETERS).map(parameterRef),
    ...recordFilters(type, without),
  ];
}

/** The searched and sortable fields, in words for the list's description. */
export function listFacts(type: RecordTypeName): string {
  const searched = searchedPaths(recordFields(type), '').map((path) => `\`${path}\``);
  const sortable = sortableNames(type).map((name) => `\`${name}\``);
  return [
    `\`q\` searches ${searched.join(', ')}.`,
    `Sortable: ${sortable.join(', ')}; records without the field come last.`,
    'An unknown parameter, field or operator is refused by name.',
  ].join('\n\n');
}

function searchParameter(type: RecordTypeName): Parameter {
  const { name, subject } = exampleRecord(type);
  const [word = ''] = String(name ?? subject).split(' ');
  return {
    name: 'q',
    in: 'query',
    description: 'Words, each of which must be the beginning of a word of a searched field; case and accents aside.',
    schema: { type: 'string', minLength: 1, examples: [word.toLowerCase()] },
  };
}

function sortParameter(type: RecordTypeName, defaultSort: string): Parameter {
  return {
    name: 'sort',
    in: 'query',
    description: 'The field to sort by; with `-` in front, the other way round. Amounts sort by currency, then value.',
    schema: {
      type: 'string',
      enum: sortableNames(type).flatMap((name) => [name, `-${name}`]),
      default: defaultSort,
      examples: [defaultSort],
    },
  };
}

function sortableNames(type: RecordTypeName): readonly string[] {
  return recordFields(type)
    .filter(({ sortable }) => sortable)
    .map(({ name }) => name);
}

function searchedPaths(specs: readonly FieldSpec[], prefix: string): readonly string[] {
  return specs.flatMap(({ name, searched, of }) => [
    ...(searched ? [prefix + name] : []),
    ...(of === undefined ? [] : searchedPaths(fieldsOf(of), `${prefix}${name}.`)),
  ]);
}
