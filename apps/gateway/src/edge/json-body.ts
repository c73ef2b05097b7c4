import { fault, isJsonObject, type JsonValue, notUnderstood, Problem } from '@sillage/kernel';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { readJson } from './json-text.js';

/** Bytes of a body. */
export const BODY_LIMIT = 1024 * 1024;

const MERGE_PATCH = 'application/merge-patch+json';

/** JSON has one charset, which needs no saying; another one would be read as what it is not. */
const OTHER_CHARSET = /;\s*charset\s*=\s*"?(?!utf-?8\b)/i;

/** Takes bodies of JSON, see `readJson`, and merge patches in a PATCH. */
export function acceptJson(fastify: FastifyInstance): void {
  fastify.removeAllContentTypeParsers();
  const options = { parseAs: 'buffer', bodyLimit: BODY_LIMIT } as const;
  const parser = async (request: FastifyRequest, body: Buffer) => readBody(request, body);
  fastify.addContentTypeParser('application/json', options, parser);
  fastify.addContentTypeParser(MERGE_PATCH, options, async (request: FastifyRequest, body: Buffer) => {
    if (request.method !== 'PATCH') throw new Problem('media-type-not-supported', { params: { type: MERGE_PATCH } });
    return readBody(request, body);
  });
}

function readBody({ headers }: FastifyRequest, body: Buffer): JsonValue | undefined {
  const type = headers['content-type'] ?? '';
  if (OTHER_CHARSET.test(type)) throw new Problem('media-type-not-supported', { params: { type } });
  return body.length === 0 ? undefined : readJson(body);
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
