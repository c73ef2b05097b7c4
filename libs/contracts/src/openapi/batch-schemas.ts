import { RECORD_TYPE_NAMES, RECORD_TYPES, type RecordTypeName } from '../records/index.js';
import type { JsonSchema } from './document-types.js';
import { ETAG_OR_ANY, IDEMPOTENCY_KEY } from './headers.js';
import { createSchema, recordName } from './json-schema.js';
import { schemaRef } from './references.js';

export const MOST_BATCH_ITEMS = 200;

/** The schemas of batches, by their names in the document. */
export function batchSchemas(): { readonly [name: string]: JsonSchema } {
  return {
    ...Object.fromEntries(RECORD_TYPE_NAMES.map((type) => [`${recordName(type)}Batch`, typeBatch(type)])),
    Batch: closed({ operations: batchOf({ oneOf: OPERATIONS }) }, ['operations']),
    BatchResults: {
      type: 'object',
      required: ['results'],
      properties: { results: { type: 'array', items: { oneOf: [SUCCESS, REFUSAL] } } },
    },
  };
}

const RECORD_ID: JsonSchema = { type: 'string', format: 'uuid' };

const IF_MATCH: JsonSchema = {
  description: 'The ETag of the record (`"\\"3\\""` in JSON), `*`, or its revision as a number',
  anyOf: [
    { type: 'string', pattern: ETAG_OR_ANY },
    { type: 'integer', minimum: 0 },
  ],
};

const TYPE: JsonSchema = { type: 'string', enum: RECORD_TYPE_NAMES };

const OPERATIONS: readonly JsonSchema[] = [
  ...RECORD_TYPE_NAMES.flatMap((type) => [
    operation('create', { type: { const: type }, body: schemaRef(`${recordName(type)}Create`) }),
    operation('update', {
      type: { const: type },
      id: RECORD_ID,
      ifMatch: IF_MATCH,
      body: schemaRef(`${recordName(type)}Patch`),
    }),
  ]),
  operation('delete', { type: TYPE, id: RECORD_ID, ifMatch: IF_MATCH }),
  operation('restore', { type: TYPE, id: RECORD_ID }),
];

const STATUS: JsonSchema = { type: 'integer', description: 'As the request on its own would have been answered' };

const SUCCESS: JsonSchema = {
  type: 'object',
  required: ['status', 'id', 'revision'],
  properties: { status: STATUS, id: RECORD_ID, revision: { type: 'integer', minimum: 0 } },
};

const REFUSAL: JsonSchema = {
  type: 'object',
  required: ['status', 'problem'],
  properties: { status: STATUS, problem: schemaRef('Problem') },
};

/** All members but the key are required. */
function operation(op: string, members: { readonly [name: string]: JsonSchema }): JsonSchema {
  const required = ['op', ...Object.keys(members)];
  return { title: op, ...closed({ op: { const: op }, ...members, idempotencyKey: IDEMPOTENCY_KEY }, required) };
}

function typeBatch(type: RecordTypeName): JsonSchema {
  const { required = [], properties } = createSchema(RECORD_TYPES[type].input);
  return closed({ items: batchOf(closed({ ...properties, idempotencyKey: IDEMPOTENCY_KEY }, required)) }, ['items']);
}

function batchOf(items: JsonSchema): JsonSchema {
  return { type: 'array', minItems: 1, maxItems: MOST_BATCH_ITEMS, items };
}

function closed(properties: { readonly [name: string]: JsonSchema }, required: readonly string[]): JsonSchema {
  return { type: 'object', required, properties, additionalProperties: false };
}
