import type { ProblemCode } from '@sillage/kernel';
import type { RecordTypeName } from '../records/index.js';
import { MOST_BATCH_ITEMS } from './batch-schemas.js';
import type { Response, Route } from './document-types.js';
import { EXAMPLES } from './examples.js';
import { responseHeaders } from './headers.js';
import { capitalized, recordName } from './json-schema.js';
import { BODY_PROBLEMS } from './problem-codes.js';
import { parameterRef, schemaRef } from './references.js';

const PROBLEMS = [...BODY_PROBLEMS, 'idempotency-key-reused'] as const satisfies readonly ProblemCode[];

const DESCRIPTION =
  'Each item stands alone: one that is refused has its problem in its place among the results, whatever becomes of the ' +
  'others. Only what is wrong with the request as a whole is answered with a problem. An `Idempotency-Key` counts for ' +
  'the items that have no key of their own.';

/** Many creates of one type. */
export function typeBatchRoute(type: RecordTypeName): Route {
  const items = [{ ...EXAMPLES[type].minimal, idempotencyKey: 'import-17-line-1' }];
  return {
    path: `/v1/${type}/batch`,
    method: 'post',
    operationId: `create${recordName(type)}Batch`,
    tag: capitalized(type),
    summary: `Create up to ${MOST_BATCH_ITEMS} ${type}`,
    description: DESCRIPTION,
    parameters: [parameterRef('IdempotencyKey'), parameterRef('AcceptLanguage')],
    requestBody: {
      description: 'The new records, each with an optional key that makes it safe to repeat.',
      required: true,
      content: { 'application/json': { schema: schemaRef(`${recordName(type)}Batch`), example: { items } } },
    },
    answers: { 200: results(201) },
    problems: PROBLEMS,
  };
}

/** Many writes of any kind. */
export function batchRoute(): Route {
  const { id, patch } = EXAMPLES.opportunities;
  const operations = [
    { op: 'create', type: 'prospects', body: EXAMPLES.prospects.minimal, idempotencyKey: 'import-17-line-1' },
    { op: 'update', type: 'opportunities', id, ifMatch: '"0"', body: patch },
    { op: 'delete', type: 'clients', id: EXAMPLES.clients.id, ifMatch: 0 },
    { op: 'restore', type: 'accounts', id: EXAMPLES.accounts.id },
  ];
  return {
    path: '/v1/batch',
    method: 'post',
    operationId: 'runBatch',
    tag: 'Batch',
    summary: `Create, update, delete and restore up to ${MOST_BATCH_ITEMS} records of any type`,
    description: `${DESCRIPTION} Operations on the same record follow each other in order.`,
    parameters: [parameterRef('IdempotencyKey'), parameterRef('AcceptLanguage')],
    requestBody: {
      description: 'What to do, in order.',
      required: true,
      content: { 'application/json': { schema: schemaRef('Batch'), example: { operations } } },
    },
    answers: { 200: results(200) },
    problems: PROBLEMS,
  };
}

function results(status: 200 | 201): Response {
  const success = { status, id: EXAMPLES.prospects.id, revision: 0 };
  return {
    description: 'What became of each item, in order.',
    headers: responseHeaders('Sillage-Position'),
    content: { 'application/json': { schema: schemaRef('BatchResults'), example: { results: [success] } } },
  };
}
