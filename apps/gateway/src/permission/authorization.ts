import { type Grant, grantFor } from '@sillage/contracts';
import { Problem } from '@sillage/kernel';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { authenticated, identityOf } from '../edge/authentication.js';
import type { Access } from './access.js';
import type { Reach } from './reach.js';

const accesses = new WeakMap<FastifyRequest, Access>();

/** Lets nobody past to a route that none of their roles allows, before a body is read. */
export function requireAccess(fastify: FastifyInstance, reach: Reach): void {
  fastify.addHook('onRequest', (request, _reply, done) => {
    // What is open needs no role; what is no route is answered as such.
    if (authenticated(request) === undefined || request.routeOptions.url === undefined) return done();
    const grant = grantOf(request);
    if (grant === undefined) return done(new Problem('not-allowed'));
    reach.access(identityOf(request), grant).then(
      (access) => {
        accesses.set(request, access);
        done();
      },
      (reason: Error) => done(reason),
    );
  });
}

/** What whoever asks may do at the route of the request. */
export function accessOf(request: FastifyRequest): Access {
  const access = accesses.get(request);
  if (access === undefined) throw new Problem('not-allowed');
  return access;
}

/** What they are granted there; undefined when it is nothing. */
export function grantOf(request: FastifyRequest): Grant | undefined {
  const { url = '' } = request.routeOptions;
  return grantFor(identityOf(request).roles, routeOf(request.method, url));
}

const routes = new Map<string, string>();

/** The name of a route as the table has it: `GET /v1/prospects/{id}`. */
function routeOf(method: string, url: string): string {
  const key = `${method} ${url}`;
  const known = routes.get(key);
  if (known !== undefined) return known;
  const route = `${method === 'HEAD' ? 'GET' : method} ${url.replace(/:(\w+)/g, '{$1}')}`;
  routes.set(key, route);
  return route;
}
