import type { Metrics, ObservedRequest, Observer } from '@sillage/platform';
import type { FastifyInstance, FastifyRequest } from 'fastify';

/** Lets logs, metrics and traces know of each request. */
export function observeRequests(fastify: FastifyInstance, observer: Observer): void {
  const observed = new WeakMap<FastifyRequest, ObservedRequest>();
  fastify.addHook('onRequest', (request, _reply, next) => {
    const arrived = observer.arrived(request.id, request.headers);
    observed.set(request, arrived);
    arrived.run(next);
  });
  // A body arrives on its connection, which belongs to no request: what follows is taken back to its own.
  fastify.addHook('preValidation', (request, _reply, next) => {
    const arrived = observed.get(request);
    if (arrived === undefined) next();
    else arrived.run(next);
  });
  fastify.addHook('onResponse', (request, reply, done) => {
    const answered = { route: request.routeOptions.url ?? 'none', method: request.method, status: reply.statusCode };
    observed.get(request)?.answered(answered, reply.elapsedTime / 1_000);
    done();
  });
}

/** Gives the metrics to whoever has a token: for a process without a management port. */
export function serveMetrics(fastify: FastifyInstance, metrics: Metrics): void {
  fastify.get('/metrics', async (_request, reply) => reply.type(metrics.contentType).send(await metrics.text()));
}
