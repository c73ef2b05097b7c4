import type { ProblemCode } from '@sillage/kernel';
import { isAboutPersons, RECORD_TYPES, type RecordTypeName } from '../records/index.js';
import type { Content, Parameter, Response, Route } from './document-types.js';
import { EXAMPLES, exampleRecord } from './examples.js';
import { responseHeaders } from './headers.js';
import { capitalized, recordName } from './json-schema.js';
import { BODY_PROBLEMS, CONDITIONAL_PROBLEMS, UNKNOWN_ID_PROBLEMS } from './problem-codes.js';
import { parameterRef, schemaRef } from './references.js';

/** The parameters of paths and of single records, under their names among the document's components. */
export const RECORD_PARAMETERS = {
  RecordId: {
    name: 'id',
    in: 'path',
    required: true,
    description: 'Id of the record. What is no UUID is the id of nothing: 404.',
    schema: { type: 'string', format: 'uuid', examples: [EXAMPLES.prospects.id] },
  },
  AlsoDeleted: {
    name: 'deleted',
    in: 'query',
    description: '`true`: answers with the record even if it is deleted.',
    schema: { type: 'boolean', default: false, examples: [true] },
  },
} as const satisfies { [name: string]: Parameter };

const CONDITIONAL_PARAMETERS = ['RecordId', 'IfMatch', 'IdempotencyKey', 'AcceptLanguage'].map(parameterRef);

/** The life of a record: create, read, change, delete, restore, and what happened to it. */
export function recordRoutes(type: RecordTypeName): readonly Route[] {
  return [create(type), getOne(type), update(type), remove(type), restore(type), history(type)];
}

function create(type: RecordTypeName): Route {
  const { minimal, complete } = EXAMPLES[type];
  return {
    ...about(type, 'create'),
    path: `/v1/${type}`,
    method: 'post',
    summary: `Create ${aRecord(type)}`,
    parameters: [parameterRef('IdempotencyKey'), parameterRef('AcceptLanguage')],
    requestBody: {
      description: `The new ${RECORD_TYPES[type].singular}.`,
      required: true,
      content: {
        'application/json': {
          schema: schemaRef(`${recordName(type)}Create`),
          examples: {
            minimal: { summary: 'The least that it needs', value: minimal },
            complete: { summary: 'With every field', value: complete },
          },
        },
      },
    },
    answers: {
      201: {
        description: 'Created.',
        headers: responseHeaders('Location', 'ETag', 'Sillage-Position'),
        content: recordContent(type),
      },
    },
    problems: [...BODY_PROBLEMS, 'not-possible', 'idempotency-key-reused', 'external-id-taken', 'concurrent-change'],
  };
}

function getOne(type: RecordTypeName): Route {
  return {
    ...about(type, 'get'),
    path: `/v1/${type}/{id}`,
    method: 'get',
    summary: `Get ${aRecord(type)}`,
    description: 'Always current: answered from the events of the record, not from a view.',
    parameters: [parameterRef('RecordId'), parameterRef('AlsoDeleted'), parameterRef('AcceptLanguage')],
    answers: {
      200: {
        description: 'The record.',
        headers: responseHeaders('ETag', 'Sillage-Position'),
        content: recordContent(type),
      },
    },
    problems: [...UNKNOWN_ID_PROBLEMS, 'record-deleted'],
  };
}

function update(type: RecordTypeName): Route {
  const body = { schema: schemaRef(`${recordName(type)}Patch`), example: EXAMPLES[type].patch };
  return {
    ...about(type, 'update'),
    path: `/v1/${type}/{id}`,
    method: 'patch',
    summary: `Change ${aRecord(type)}`,
    description: 'A patch that changes nothing adds no event, and the ETag stays.',
    parameters: CONDITIONAL_PARAMETERS,
    requestBody: {
      description: 'A JSON merge patch (RFC 7396): fields left out stay, `null` removes.',
      required: true,
      content: { 'application/merge-patch+json': body, 'application/json': body },
    },
    answers: { 200: changed('The record after the change.', type) },
    problems: [...BODY_PROBLEMS, ...CONDITIONAL_PROBLEMS, ...forgotten(type), 'not-possible', 'external-id-taken'],
  };
}

function remove(type: RecordTypeName): Route {
  return {
    ...about(type, 'delete'),
    path: `/v1/${type}/{id}`,
    method: 'delete',
    summary: `Delete ${aRecord(type)}`,
    description: 'References to it stay, and it can be restored for ever.',
    parameters: CONDITIONAL_PARAMETERS,
    answers: { 204: { description: 'Deleted.', headers: responseHeaders('Sillage-Position') } },
    problems: [...BODY_PROBLEMS, ...CONDITIONAL_PROBLEMS, ...forgotten(type)],
  };
}

function restore(type: RecordTypeName): Route {
  return {
    ...about(type, 'restore'),
    path: `/v1/${type}/{id}/restore`,
    method: 'post',
    summary: `Restore a deleted ${RECORD_TYPES[type].singular}`,
    description: 'A record that is not deleted is answered as it is.',
    parameters: [parameterRef('RecordId'), parameterRef('IdempotencyKey'), parameterRef('AcceptLanguage')],
    answers: { 200: changed('The record, no longer deleted.', type) },
    problems: [
      ...BODY_PROBLEMS,
      ...UNKNOWN_ID_PROBLEMS,
      ...forgotten(type),
      'external-id-taken',
      'concurrent-change',
      'idempotency-key-reused',
    ],
  };
}

function history(type: RecordTypeName): Route {
  return {
    operationId: `get${recordName(type)}History`,
    tag: capitalized(type),
    path: `/v1/${type}/{id}/history`,
    method: 'get',
    summary: `Get everything that happened to ${aRecord(type)}`,
    description: 'Every event on the record, deleted or not, oldest first.',
    parameters: [parameterRef('RecordId'), parameterRef('AcceptLanguage')],
    answers: {
      200: { description: 'Its events.', content: { 'application/json': { schema: schemaRef('History') } } },
    },
    problems: UNKNOWN_ID_PROBLEMS,
  };
}

/** What a change of a record may fail at when its personal fields are erased. */
function forgotten(type: RecordTypeName): readonly ProblemCode[] {
  return isAboutPersons(type) ? ['record-forgotten'] : [];
}

function about(type: RecordTypeName, verb: string): Pick<Route, 'operationId' | 'tag'> {
  return { operationId: verb + recordName(type), tag: capitalized(type) };
}

function changed(description: string, type: RecordTypeName): Response {
  return { description, headers: responseHeaders('ETag', 'Sillage-Position'), content: recordContent(type) };
}

function recordContent(type: RecordTypeName): Content {
  return { 'application/json': { schema: schemaRef(recordName(type)), example: exampleRecord(type) } };
}

function aRecord(type: RecordTypeName): string {
  const { singular } = RECORD_TYPES[type];
  return `${/^[aeiou]/.test(singular) ? 'an' : 'a'} ${singular}`;
}
