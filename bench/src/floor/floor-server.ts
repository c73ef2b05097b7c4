import Fastify, { type FastifyInstance } from 'fastify';
import type { SampleRecord } from '../sample/records.js';
import type { FloorStore } from './floor-store.js';

const RECORD = {
  type: 'object',
  required: ['name', 'owner', 'amount', 'stage'],
  properties: {
    name: { type: 'string', minLength: 1, maxLength: 200 },
    owner: { type: 'string', maxLength: 200 },
    amount: { type: 'integer', minimum: 0 },
    stage: { enum: ['prospecting', 'qualification', 'proposal', 'won'] },
  },
} as const;

/** Validates a body, and hands everything else to the store: no token, no tenant, no history, no paging. */
export function floorServer(store: FloorStore): FastifyInstance {
  const server = Fastify();
  server.post<{ Body: SampleRecord }>('/records', { schema: { body: RECORD } }, async ({ body }, reply) => {
    const id = await store.create(body);
    return reply.code(201).send({ id });
  });
  server.get('/records', async () => store.page(Date.now()));
  server.get<{ Querystring: { q: string } }>('/search', async ({ query }) => store.search(query.q.split(/\s+/)));
  server.get('/report', async () => store.countsByStage());
  return server;
}
