import type { IncomingMessage } from 'node:http';
import { newId } from '@sillage/kernel';
import type { Observer } from '@sillage/platform';
import type { FastifyInstance, FastifyServerOptions } from 'fastify';
import { registerDocs } from '../docs/docs-page.js';
import { requireAccess } from '../permission/authorization.js';
import type { Reach } from '../permission/reach.js';
import { API_DOCUMENT, EVENTS_DOCUMENT } from './api-document.js';
import { requireIdentity } from './authentication.js';
import { drainWhenClosing } from './draining.js';
import type { Authenticator } from './identity.js';
import { acceptJson, BODY_LIMIT } from './json-body.js';
import { observeRequests } from './observing.js';

/** Milliseconds to send a whole request, headers and body. */
const TIME_TO_SEND = 10_000;

/** Milliseconds that an idle connection is kept. */
const KEEP_ALIVE = 72_000;

/** Limits on what a client can make the server hold, before any of it is looked at. */
export function edgeOptions(): FastifyServerOptions {
  return {
    bodyLimit: BODY_LIMIT,
    requestTimeout: TIME_TO_SEND,
    keepAliveTimeout: KEEP_ALIVE,
    forceCloseConnections: 'idle',
    // Refused as a problem instead: see `drainWhenClosing`.
    return503OnClosing: false,
    genReqId: requestId,
    routerOptions: { maxParamLength: 200 },
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
  observeRequests(fastify, observer);
  fastify.addHook('onRequest', async (request, reply) => {
    reply.headers({ 'x-request-id': request.id, 'x-content-type-options': 'nosniff', 'cache-control': 'no-cache' });
  });
  drainWhenClosing(fastify);
  requireIdentity(fastify, authenticator);
  requireAccess(fastify, reach);
  acceptJson(fastify);
  registerDocs(fastify, { openApi: API_DOCUMENT, asyncApi: EVENTS_DOCUMENT });
}

const PROCESS = newId();
let requests = 0;

/**
 * The caller's own id for the request if it has a harmless form, so that it can be found in both logs; else the number
 * of the request in this process, behind an id of the process.
 */
function requestId(request: IncomingMessage): string {
  const given = request.headers['x-request-id'];
  if (typeof given === 'string' && /^[\w.:-]{1,100}$/.test(given)) return given;
  requests += 1;
  return `${PROCESS}-${requests}`;
}
