import { once } from 'node:events';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { Problem } from '@sillage/kernel';
import fastify, { type FastifyInstance } from 'fastify';
import { requireIdentity } from '../authentication.js';
import { FairQueue } from './fair-queue.js';
import { answerAtLength, takeTurns } from './taking-turns.js';

/** A server of two requests at work, whose answers come when a test says so; a token is the name of its tenant. */
let server: FastifyInstance;
let url: string;
let atWork: { readonly name: string; answer(): void }[];
let arrivals: EventTarget;
let entered: number;
let isOver: boolean;
/** What must be before it is known whose a token is. */
let known: Promise<unknown>;

beforeEach(async () => {
  [server, atWork, arrivals, entered, isOver] = [fastify(), [], new EventTarget(), 0, false];
  known = Promise.resolve();
  requireIdentity(server, {
    authenticate: async (tenant) => {
      await known;
      return { tenant, actor: 'ann', roles: [] };
    },
  });
  takeTurns(server, new FairQueue({ atWork: 2, shared: 2, waiting: 100 }));
  server.server.on('request', () => {
    // The token is looked at first, in a promise.
    setImmediate(() => {
      entered += 1;
      arrivals.dispatchEvent(new Event('one'));
    });
  });
  const work = (name: string) =>
    new Promise<string>((resolve) => {
      if (isOver) resolve(name);
      atWork.push({ name, answer: () => resolve(name) });
      arrivals.dispatchEvent(new Event('one'));
    });
  server.get('/health/live', async () => 'alive');
  server.get('/work/:name', async ({ params }) => work((params as { name: string }).name));
  server.get('/long/:name', async ({ params }, reply) => {
    const { name } = params as { name: string };
    const inTurn = answerAtLength(reply);
    return `${await work(`${name} begins`)}, ${await inTurn(() => work(`${name} goes on`))}`;
  });
  server.setErrorHandler((error, _request, reply) => reply.code(503).send((error as Problem).code));
  url = await server.listen({ host: '127.0.0.1', port: 0 });
});

afterEach(async () => {
  isOver = true;
  for (const { answer } of atWork) answer();
  server.server.closeAllConnections();
  await server.close();
});

function ask(path: string, tenant: string, signal?: AbortSignal): Promise<string> {
  const options = { headers: { authorization: `Bearer ${tenant}` }, ...(signal === undefined ? {} : { signal }) };
  return fetch(`${url}${path}`, options).then((answer) => answer.text());
}

/** Waits until so many have come to work since the test began; gives their names. */
async function arrived(count: number): Promise<readonly string[]> {
  while (atWork.length < count) await once(arrivals, 'one');
  return atWork.map(({ name }) => name);
}

/** Waits until so many requests have come, be they at work or waiting. */
async function come(count: number): Promise<void> {
  while (entered < count) await once(arrivals, 'one');
}

function answer(name: string): void {
  atWork.find((one) => one.name === name)?.answer();
}

describe('a tenant that floods the gateway', () => {
  it('waits behind itself: another one is next', async () => {
    const flood = ['a1', 'a2', 'a3', 'a4', 'a5', 'a6'].map((name) => ask(`/work/${name}`, 'acme'));
    await arrived(2);
    const other = ask('/work/b1', 'other');
    await come(7);
    const [first = '', second = ''] = await arrived(2);
    answer(first);
    answer(second);
    expect(await arrived(4)).toContain('b1');
    answer('b1');
    expect(await other).toBe('b1');
    for (let count = 4; count <= 7; count += 1) {
      await arrived(count);
      for (const one of atWork) one.answer();
    }
    expect((await Promise.all(flood)).sort()).toEqual(['a1', 'a2', 'a3', 'a4', 'a5', 'a6']);
  });

  it('gives up the places of those who leave before it is their turn, and of those who leave at work', async () => {
    const leaving = new AbortController();
    const gone = [ask('/work/a1', 'acme', leaving.signal), ask('/work/a2', 'acme', leaving.signal)];
    await arrived(2);
    const waiting = ask('/work/a3', 'acme', leaving.signal);
    leaving.abort();
    await Promise.allSettled([...gone, waiting]);
    const next = ask('/work/a4', 'acme');
    expect(await arrived(3)).toContain('a4');
    answer('a4');
    expect(await next).toBe('a4');
  });
});

describe('who leaves while their token is looked at', () => {
  it('takes nobody’s place', async () => {
    const { promise, resolve } = Promise.withResolvers<void>();
    known = promise;
    const leaving = new AbortController();
    const gone = ['a1', 'a2', 'a3'].map((name) => ask(`/work/${name}`, 'acme', leaving.signal));
    const connections = new Promise<void>((closed) => {
      let open = gone.length;
      server.server.on('request', (_request, response) => {
        response.once('close', () => {
          open -= 1;
          if (open === 0) closed();
        });
      });
    });
    await come(3);
    leaving.abort();
    await Promise.allSettled([...gone, connections]);
    resolve();
    const next = ask('/work/a4', 'acme');
    expect(await arrived(1)).toEqual(['a4']);
    answer('a4');
    expect(await next).toBe('a4');
  });
});

describe('what needs no token', () => {
  it('waits for nobody', async () => {
    const flood = ['a1', 'a2', 'a3'].map((name) => ask(`/work/${name}`, 'acme'));
    await arrived(2);
    expect(await (await fetch(`${url}/health/live`)).text()).toBe('alive');
    for (let count = 2; count <= 3; count += 1) {
      await arrived(count);
      for (const one of atWork) one.answer();
    }
    await Promise.all(flood);
  });
});

describe('a long answer', () => {
  it('keeps nobody waiting while it is read, and goes on when it is its turn', async () => {
    const long = ask('/long/a1', 'acme');
    await arrived(1);
    const others = [ask('/work/a2', 'acme'), ask('/work/a3', 'acme')];
    await arrived(3);
    answer('a1 begins');
    answer('a2');
    await arrived(4);
    answer('a1 goes on');
    answer('a3');
    expect(await long).toBe('a1 begins, a1 goes on');
    expect(await Promise.all(others)).toEqual(['a2', 'a3']);
  });

  it('is one of a hundred at most, so that no tenant holds every connection', async () => {
    const leaving = new AbortController();
    const streams = Array.from({ length: 100 }, (_, index) => ask(`/long/${index}`, 'acme', leaving.signal));
    await arrived(100);
    expect(await ask('/long/one-more', 'acme')).toBe('overloaded');
    const other = ask('/long/b', 'other');
    await arrived(101);
    leaving.abort();
    await Promise.allSettled(streams);
    answer('b begins');
    await arrived(102);
    answer('b goes on');
    expect(await other).toBe('b begins, b goes on');
  });
});
