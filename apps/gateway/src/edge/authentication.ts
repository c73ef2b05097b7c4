import { Problem } from '@sillage/kernel';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Authenticator, Identity } from './identity.js';

const OPEN = /^\/(health\/(live|ready)|(open|async)api\.json|docs(\/.*)?)$/;

const identities = new WeakMap<FastifyRequest, Identity>();

/** Lets nobody past without a valid token, before a body is read, except to what is open to all. */
export function requireIdentity(fastify: FastifyInstance, authenticator: Authenticator): void {
  fastify.addHook('onRequest', async (request) => {
    if (OPEN.test(request.url.split('?', 1)[0] as string)) return;
    const token = bearerToken(request);
    const identity = token === undefined ? undefined : await authenticator.authenticate(token);
    if (identity === undefined) throw new Problem('not-authenticated');
    identities.set(request, identity);
  });
}

/** The token that a request bears, whoever's it is. */
export function bearerToken({ headers }: FastifyRequest): string | undefined {
  return /^Bearer +([\w\-.~+/]+=*)$/i.exec(headers.authorization ?? '')?.[1];
}

/** Who asks; undefined at what is open to all. */
export function authenticated(request: FastifyRequest): Identity | undefined {
  return identities.get(request);
}

export function identityOf(request: FastifyRequest): Identity {
  const identity = authenticated(request);
  if (identity === undefined) throw new Problem('not-authenticated');
  return identity;
}
