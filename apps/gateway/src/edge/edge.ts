import { fault, notUnderstood } from '@sillage/kernel';
import type { LoadLimits, Observer, PublicTls } from '@sillage/platform';
import type { FastifyInstance, FastifyReply, FastifyRequest, FastifyServerOptions } from 'fastify';
import { registerDocs } from '../docs/docs-page.js';
import { requireAccess } from '../permission/authorization.js';
import type { Reach } from '../permission/reach.js';
import { API_DOCUMENT, EVENTS_DOCUMENT } from './api-document.js';
import { requireIdentity } from './authentication.js';
import { drainWhenClosing } from './draining.js';
import type { Authenticator } from './identity.js';
import { acceptJson, BODY_LIMIT } from './json-body.js';
import { FairQueue } from './load/fair-queue.js';
import { limitRates } from './load/limiting-rates.js';
import { takeTurns } from './load/taking-turns.js';
import { observeRequests } from './observing.js';
import { answerProblem } from './problem.filter.js';
import { refuseMalformed } from './request-form.js';
import { requestId } from './request-ids.js';
import { SECURITY_HEADERS, securityHeaders } from './security-headers.js';
import { secureOptions } from './tls.js';
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

/** Requests at work of one tenant, if no other is there: more would make everybody wait longer, and no more be done. */
const AT_WORK = 64;

/** Requests of a tenant that wait for their turn. */
const MOST_WAITING = 1_000;

/** Limits on what a client can make the server hold, before any of it is looked at. */
export function edgeOptions(tls: PublicTls): FastifyServerOptions {
  const http = {
    maxHeaderSize: HEADER_LIMIT,
    headersTimeout: TIME_TO_SEND,
    connectionsCheckingInterval: LOOK_AT_SLOW,
    // Refused as a problem instead: see `refuseMalformed`.
    requireHostHeader: false,
  };
  return {
    ...(tls.by === 'the gateway' ? { https: { ...http, ...secureOptions(tls) } } : { http }),
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

/** What the edge is made with. */
export interface EdgeParts {
  readonly authenticator: Authenticator;
  readonly reach: Reach;
  readonly observer: Observer;
  readonly limits: LoadLimits;
  readonly tls: PublicTls;
}

/** What every request passes, whatever its route. */
export function configureEdge(
  fastify: FastifyInstance,
  { authenticator, reach, observer, limits, tls }: EdgeParts,
): void {
  // Node cuts off what is beyond its own limit in silence; bytes are bounded, and `refuseMalformed` counts.
  fastify.server.maxHeadersCount = 0;
  watchConnections(fastify);
  observeRequests(fastify, observer);
  const headers = securityHeaders(tls);
  fastify.addHook('onRequest', async (request, reply) => {
    reply.headers({ 'x-request-id': request.id, ...headers });
  });
  drainWhenClosing(fastify);
  refuseMalformed(fastify);
  requireIdentity(fastify, authenticator);
  limitRates(fastify, limits);
  takeTurns(fastify, new FairQueue({ atWork: AT_WORK, shared: limits.shared, waiting: MOST_WAITING }));
  requireAccess(fastify, reach);
  acceptJson(fastify);
  registerDocs(fastify, { openApi: API_DOCUMENT, asyncApi: EVENTS_DOCUMENT });
}

/** A path that cannot be decoded comes to no route, and so past no hook. */
function refuseUnroutable(_error: Error, request: FastifyRequest, reply: FastifyReply): void {
  reply.headers({ 'x-request-id': request.id, ...SECURITY_HEADERS });
  answerProblem(notUnderstood(fault('', 'wrong-form')), request, reply);
}
