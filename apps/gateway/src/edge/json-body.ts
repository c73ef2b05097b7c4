import { fault, isJsonObject, type JsonValue, notUnderstood, Problem } from '@sillage/kernel';
import type { FastifyInstance, FastifyRequest } from 'fastify';

/** Bytes of a body. */
export const BODY_LIMIT = 1024 * 1024;

const MOST_NESTED = 32;

const MERGE_PATCH = 'application/merge-patch+json';

const utf8 = new TextDecoder('utf-8', { fatal: true });

/** Reads JSON bodies: UTF-8 only, at most 32 levels deep, and no member that would reach for a prototype. */
export function acceptJson(fastify: FastifyInstance): void {
  fastify.removeAllContentTypeParsers();
  const options = { parseAs: 'buffer', bodyLimit: BODY_LIMIT } as const;
  fastify.addContentTypeParser('application/json', options, async (_request: unknown, body: Buffer) => readBody(body));
  fastify.addContentTypeParser(MERGE_PATCH, options, async (request: FastifyRequest, body: Buffer) => {
    if (request.method !== 'PATCH') throw new Problem('media-type-not-supported', { params: { type: MERGE_PATCH } });
    return readBody(body);
  });
}

function readBody(body: Buffer): JsonValue | undefined {
  return body.length === 0 ? undefined : readJson(body);
}

/** @throws Problem naming what is wrong. */
export function readJson(body: Uint8Array): JsonValue {
  const value = parsed(body);
  refuseTricks(value, '', 1);
  return value;
}

function parsed(body: Uint8Array): JsonValue {
  try {
    return JSON.parse(utf8.decode(body)) as JsonValue;
  } catch (error) {
    const reason = error instanceof SyntaxError ? error.message : 'the text is not UTF-8';
    throw new Problem('malformed-json', { params: { reason } });
  }
}

function refuseTricks(value: JsonValue, path: string, depth: number): void {
  if (typeof value !== 'object' || value === null) return;
  if (depth > MOST_NESTED) throw notUnderstood(fault(path, 'too-deep', { limit: MOST_NESTED }));
  for (const [name, inner] of Object.entries(value)) {
    const at = Array.isArray(value) ? `${path}[${name}]` : path === '' ? name : `${path}.${name}`;
    if (name === '__proto__') throw notUnderstood(fault(at, 'unknown-field'));
    refuseTricks(inner, at, depth + 1);
  }
}

/** What `acceptJson` read: undefined when there was no body. */
export function bodyOf(request: FastifyRequest): JsonValue | undefined {
  return request.body as JsonValue | undefined;
}

/** Refuses a body with anything in it. */
export function refuseBody(body: JsonValue | undefined): void {
  const isEmpty = body === undefined || (isJsonObject(body) && Object.keys(body).length === 0);
  if (!isEmpty) throw notUnderstood(fault('', 'unknown-field'));
}
