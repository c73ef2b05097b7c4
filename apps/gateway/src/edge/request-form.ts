import type { IncomingMessage } from 'node:http';
import { fault, notUnderstood, Problem } from '@sillage/kernel';
import type { FastifyInstance } from 'fastify';

/** What no caller needs; their bytes are bounded beside. */
const MOST_HEADERS = 100;

/** Headers that say one thing: of two, a proxy before us might have believed the other one. */
const SAID_ONCE: readonly string[] = [
  'Host',
  'Authorization',
  'Content-Type',
  'Content-Length',
  'Transfer-Encoding',
  'If-Match',
  'Idempotency-Key',
  'Sillage-Wait-For',
  'Last-Event-ID',
];

/** `host`, `host:port` or `[address]:port` (RFC 9110, section 7.2). */
const HOST = /^(?:[\w\-.~%!$&'()*+,;=]*|\[[\da-f:.]+\])(?::\d*)?$/i;

/** For these a body has no meaning; what one proxy skips another may take for the next request. */
const BODILESS = new Set(['GET', 'HEAD', 'DELETE']);

/**
 * Refuses requests that HTTP (RFC 9112) or this API does not allow, whatever they ask for, but that Node's parser lets
 * through: ambiguous ones above all, which is what request smuggling lives on.
 */
export function refuseMalformed(fastify: FastifyInstance): void {
  // Without a listener Node answers an unknown expectation itself, with no problem.
  fastify.server.on('checkExpectation', (request, response) => fastify.server.emit('request', request, response));
  fastify.addHook('onRequest', (request, _reply, next) => next(refusalOf(request.raw)));
}

function refusalOf({ httpVersion, headers, rawHeaders, method }: IncomingMessage): Problem | undefined {
  if (httpVersion !== '1.1' && httpVersion !== '1.0') return new Problem('malformed-request');
  if (rawHeaders.length > 2 * MOST_HEADERS) return new Problem('headers-too-large');
  const repeated = repeatedIn(headers, rawHeaders);
  if (repeated !== undefined) return notUnderstood(fault(repeated, 'given-twice'));
  if (headers.host === undefined) {
    if (httpVersion === '1.1') return notUnderstood(fault('Host', 'required'));
  } else if (!HOST.test(headers.host)) {
    return notUnderstood(fault('Host', 'wrong-form'));
  }
  if (headers.expect !== undefined && headers.expect.toLowerCase() !== '100-continue') {
    return notUnderstood(fault('Expect', 'not-in-set', { choices: '100-continue' }));
  }
  return refusalOfBody(headers, method);
}

function refusalOfBody(headers: IncomingMessage['headers'], method = ''): Problem | undefined {
  const coding = headers['transfer-encoding'];
  if (coding !== undefined && coding.toLowerCase() !== 'chunked') {
    return notUnderstood(fault('Transfer-Encoding', 'not-in-set', { choices: 'chunked' }));
  }
  const hasBody = coding !== undefined || Number(headers['content-length'] ?? 0) > 0;
  if (!hasBody) return undefined;
  if (BODILESS.has(method)) return notUnderstood(fault('', 'unexpected-body'));
  const encoding = headers['content-encoding']?.toLowerCase() ?? 'identity';
  return encoding === 'identity' ? undefined : new Problem('encoding-not-supported');
}

/** Almost no request repeats any header, which their numbers alone tell. */
function repeatedIn(headers: IncomingMessage['headers'], rawHeaders: readonly string[]): string | undefined {
  if (Object.keys(headers).length * 2 === rawHeaders.length) return undefined;
  const names = rawHeaders.filter((_, index) => index % 2 === 0).map((name) => name.toLowerCase());
  return SAID_ONCE.find((name) => names.filter((candidate) => candidate === name.toLowerCase()).length > 1);
}
