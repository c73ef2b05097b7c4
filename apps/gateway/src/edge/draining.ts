import type { Socket } from 'node:net';
import { Problem } from '@sillage/kernel';
import type { FastifyInstance } from 'fastify';

/** Milliseconds that requests in flight have to finish once the server is told to stop. */
const TIME_TO_FINISH = 10_000;

/**
 * Lets the server stop soon and politely: requests in flight are finished, later ones on open connections are refused
 * as problems, and connections over which no request has come yet, for which Node would wait, are closed.
 */
export function drainWhenClosing(fastify: FastifyInstance): void {
  const { server } = fastify;
  const unused = new Set<Socket>();
  let isClosing = false;
  server.on('connection', (socket: Socket) => {
    if (isClosing) socket.destroy();
    unused.add(socket);
    socket.once('close', () => unused.delete(socket));
  });
  server.on('request', ({ socket }) => unused.delete(socket));
  fastify.addHook('onRequest', async () => {
    if (isClosing) throw new Problem('shutting-down');
  });
  // A connection is kept for its next request otherwise, and the server for the connection.
  fastify.addHook('onSend', (_request, reply, _payload, done) => {
    if (isClosing) reply.header('connection', 'close');
    done();
  });
  fastify.addHook('preClose', async () => {
    isClosing = true;
    for (const socket of unused) socket.destroy();
    setTimeout(() => server.closeAllConnections(), TIME_TO_FINISH).unref();
  });
}
