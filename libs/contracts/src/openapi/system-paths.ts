import type { JsonObject } from '@sillage/kernel';
import type { JsonSchema, Response, Route } from './document-types.js';
import { responseHeaders } from './headers.js';
import { parameterRef, schemaRef } from './references.js';

export const SYSTEM_SCHEMAS = {
  Health: {
    type: 'object',
    required: ['status'],
    properties: {
      status: { type: 'string', enum: ['ok', 'not-ready'] },
      missing: { type: 'array', items: { type: 'string' }, description: 'What is not ready, by name' },
    },
  },
} as const satisfies { [name: string]: JsonSchema };

/** What needs no token: health for operators, documents for everybody. */
export const SYSTEM_ROUTES: readonly Route[] = [
  {
    ...open('/health/live', 'checkLive', 'Is the process alive?'),
    answers: { 200: health('It is; one that is not gives no answer.', { status: 'ok' }) },
  },
  {
    ...open('/health/ready', 'checkReady', 'Can it take requests?'),
    answers: {
      200: health('It can.', { status: 'ok' }),
      503: {
        ...health('Not now: something that it needs is missing.', { status: 'not-ready', missing: ['views'] }),
        headers: responseHeaders('Retry-After'),
      },
    },
  },
  documentRoute('/openapi.json', 'getOpenApi', 'Get this document'),
  documentRoute('/asyncapi.json', 'getAsyncApi', 'Get the AsyncAPI document of the events topic'),
  {
    ...open('/docs', 'getDocs', 'Read this document in a browser and try it out'),
    answers: { 200: page('The page.') },
  },
  {
    ...open('/docs/problems', 'getProblemDocs', 'Read what each problem means'),
    answers: { 200: page('A section for each code, which the `type` of a problem leads to.') },
  },
];

function open(path: Route['path'], operationId: string, summary: string) {
  const nothing = { parameters: [], problems: [] } as const satisfies Partial<Route>;
  return { path, method: 'get', operationId, tag: 'System', summary, open: true, ...nothing } as const;
}

function documentRoute(path: Route['path'], operationId: string, summary: string): Route {
  return {
    ...open(path, operationId, summary),
    parameters: [parameterRef('IfNoneMatch')],
    answers: {
      200: {
        description: 'The document.',
        headers: responseHeaders('ETag'),
        content: { 'application/json': { schema: { type: 'object' } } },
      },
      304: { description: 'The copy that you have is current.' },
    },
  };
}

function health(description: string, example: JsonObject): Response {
  return { description, content: { 'application/json': { schema: schemaRef('Health'), example } } };
}

function page(description: string): Response {
  return { description, content: { 'text/html': { schema: { type: 'string' } } } };
}
