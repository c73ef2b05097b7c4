import { RECORD_TYPE_NAMES, type RecordTypeName } from '../records/index.js';
import type { JsonSchema, Response, Route } from './document-types.js';
import { exampleRecord } from './examples.js';
import { responseHeaders } from './headers.js';
import { capitalized, recordName } from './json-schema.js';
import { type ListOptions, listFacts, listParameters } from './list-parameters.js';
import { UNKNOWN_ID_PROBLEMS } from './problem-codes.js';
import { parameterRef, schemaRef } from './references.js';

/** The list of a record type. */
export function listRoute(type: RecordTypeName): Route {
  return {
    ...common(type),
    path: `/v1/${type}`,
    method: 'get',
    operationId: `list${capitalized(type)}`,
    tag: capitalized(type),
    summary: `List and search ${type}`,
  };
}

/** What happened with a client: the seed of every conversation, so it has a path of its own. */
export function clientInteractionsRoute(): Route {
  const { parameters, problems, ...list } = common('interactions', { defaultSort: '-date', without: ['clientId'] });
  return {
    ...list,
    path: '/v1/clients/{id}/interactions',
    method: 'get',
    operationId: 'listClientInteractions',
    tag: 'Clients',
    summary: 'List the interactions with a client',
    description: `Newest date first. The interactions of a deleted client can still be read.\n\n${list.description}`,
    parameters: [parameterRef('RecordId'), ...parameters],
    problems: [...problems, ...UNKNOWN_ID_PROBLEMS],
  };
}

/** A page of each type, by its name in the document. */
export function pageSchemas(): { readonly [name: string]: JsonSchema } {
  return Object.fromEntries(RECORD_TYPE_NAMES.map((type) => [pageName(type), pageSchema(type)]));
}

function common(
  type: RecordTypeName,
  options: ListOptions = {},
): Pick<Route, 'description' | 'parameters' | 'answers' | 'problems'> {
  return {
    description: listFacts(type),
    parameters: [...listParameters(type, options), parameterRef('WaitFor'), parameterRef('AcceptLanguage')],
    answers: { 200: page(type) },
    problems: ['invalid-cursor', 'views-behind'],
  };
}

function page(type: RecordTypeName): Response {
  const example = { items: [exampleRecord(type)], nextCursor: null };
  return {
    description: 'A page of the list.',
    headers: responseHeaders('Sillage-Position'),
    content: { 'application/json': { schema: schemaRef(pageName(type)), example } },
  };
}

function pageName(type: RecordTypeName): string {
  return `${recordName(type)}Page`;
}

function pageSchema(type: RecordTypeName): JsonSchema {
  return {
    type: 'object',
    required: ['items', 'nextCursor'],
    properties: {
      items: { type: 'array', maxItems: 200, items: schemaRef(recordName(type)) },
      nextCursor: { type: ['string', 'null'], description: 'Give it as `cursor` for the next page; null on the last' },
      total: { type: 'integer', minimum: 0, maximum: 10_000, description: 'How many match, with `count=true`' },
      totalIsAtLeast: { type: 'integer', description: 'Instead of `total` where more than 10,000 match' },
    },
  };
}
