import type { Observer } from '@sillage/platform';
import type { FastifyInstance, FastifyReply, FastifyRequest, FastifyServerOptions } from 'fastify';
import { registerDocs } from '../docs/docs-page.js';
import { requireAccess } from '../permission/authorization.js';
import type { Reach } from '../permission/reach.js';
import { API_DOCUMENT, EVENTS_DOCUMENT } from './api-document.js';
import { requireIdentity } from './authentication.js';
import { drainWhenClosing } from './draining.js';
import type { Authenticator } from './identity.js';
import { acceptJson, BODY_LIMIT } from './json-body.js';
import { observeRequests } from './observing.js';
import { answerProblem } from './problem.filter.js';
import { refuseMalformed } from './request-form.js';
import { requestId } from './request-ids.js';
import { SECURITY_HEADERS } from './security-headers.js';
import { refuseUnparsed, watchConnections } from './unparsed-requests.js';

/** Milliseconds to send a whole request, headers and body. */
const TIME_TO_SEND = 10_000;

/** Milliseconds between two looks at who is too slow. */
const LOOK_AT_SLOW = 1_000;

/** Milliseconds that an idle connection is kept. */
const KEEP_ALIVE = 72_000;

/** Milliseconds without a byte in either direction, for a reader that takes nothing of its answer. */
const SILENCE = 75_000;

/** Bytes of the request line and all headers. */
const HEADER_LIMIT = 16 * 1024;

/** Limits on what a client can make the server hold, before any of it is looked at. */
export function edgeOptions(): FastifyServerOptions {
  return {
    http: {
      maxHeaderSize: HEADER_LIMIT,
      headersTimeout: TIME_TO_SEND,
      connectionsCheckingInterval: LOOK_AT_SLOW,
      // Refused as a problem instead: see `refuseMalformed`.
      requireHostHeader: false,
    },
    bodyLimit: BODY_LIMIT,
    requestTimeout: TIME_TO_SEND,
    connectionTimeout: SILENCE,
    keepAliveTimeout: KEEP_ALIVE,
    forceCloseConnections: 'idle',
    // Refused as a problem instead: see `drainWhenClosing`.
    return503OnClosing: false,
    genReqId: requestId,
    clientErrorHandler: refuseUnparsed,
    frameworkErrors: refuseUnroutable,
    // An id of any length leads to no record, as does every other text that is none.
    routerOptions: { maxParamLength: HEADER_LIMIT },
  } as FastifyServerOptions;
}

/** What every request passes, whatever its route. */
export function configureEdge(
  fastify: FastifyInstance,
  {
    authenticator,
    reach,
    observer,
  }: { readonly authenticator: Authenticator; readonly reach: Reach; readonly observer: Observer },
): void {
  // Node cuts off what is beyond its own limit in silence; bytes are bounded, and `refuseMalformed` counts.
  fastify.server.maxHeadersCount = 0;
  watchConnections(fastify);
  observeRequests(fastify, observer);
  fastify.addHook('onRequest', async (request, reply) => {
    reply.headers({ 'x-request-id': request.id, ...SECURITY_HEADERS });
  });
  drainWhenClosing(fastify);
  refuseMalformed(fastify);
  requireIdentity(fastify, authenticator);
  requireAccess(fastify, reach);
  acceptJson(fastify);
  registerDocs(fastify, { openApi: API_DOCUMENT, asyncApi: EVENTS_DOCUMENT });
}

/** A path that cannot be decoded comes to no route, and so past no hook. */
function refuseUnroutable(error: Error, request: FastifyRequest, reply: FastifyReply): void {
  reply.headers({ 'x-request-id': request.id, ...SECURITY_HEADERS });
  answerProblem(error, request, reply);
}
