import { once } from 'node:events';
import { createServer, type Socket } from 'node:net';
import { afterEach, expect, it } from '@jest/globals';
import { dockerContainers } from './docker.js';

const before = { ...process.env };

afterEach(() => {
  process.env = { ...before };
});

it('a Docker engine that does not answer is done without after a second', async () => {
  const asked: Socket[] = [];
  const silent = createServer((socket) => asked.push(socket)).listen(0, '127.0.0.1');
  await once(silent, 'listening');
  const address = silent.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  process.env.DOCKER_HOST = `tcp://127.0.0.1:${address.port}`;
  // The library is there once it was loaded, which is no part of the looking.
  await import('testcontainers');
  const begun = performance.now();
  expect(await dockerContainers()).toBeUndefined();
  expect(performance.now() - begun).toBeLessThan(1_500);
  for (const socket of asked) socket.destroy();
  silent.close();
});
