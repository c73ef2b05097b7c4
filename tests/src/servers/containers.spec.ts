import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { composeServer } from './compose-file.js';
import { dockerContainers } from './docker.js';
import { FakeDocker } from './fake-docker.js';

/* Docker itself is not here: that its engine, given these requests, runs the three servers was not seen. */
describe('the containers of a test run, as Docker is asked for them', () => {
  let docker: FakeDocker;
  let healthy: Server;
  let port: number;
  const before = { ...process.env };

  beforeAll(async () => {
    healthy = createServer((_, response) => response.writeHead(204).end()).listen(0, '127.0.0.1');
    await once(healthy, 'listening');
    ({ port } = healthy.address() as AddressInfo);
    docker = await FakeDocker.start({ port, output: 'Kafka Server started\nWaiting for connections\n' });
    process.env.DOCKER_HOST = docker.host;
    process.env.TESTCONTAINERS_RYUK_DISABLED = 'true';
  });
  beforeEach(() => {
    docker.created.splice(0);
    docker.done.splice(0);
  });
  afterAll(() => {
    docker.stop();
    healthy.close();
    process.env = before;
  });

  async function started(variable: 'EVENTSTOREDB_URL' | 'KAFKA_BROKERS' | 'MONGODB_URI') {
    const server = await (await dockerContainers())?.[variable]();
    if (server === undefined) throw new Error('no Docker engine answers');
    const [request] = docker.created;
    return { ...server, request };
  }

  it('are of the images that Docker Compose has, with its settings, and are removed again', async () => {
    for (const [variable, name] of [
      ['EVENTSTOREDB_URL', 'eventstoredb'],
      ['MONGODB_URI', 'mongodb'],
    ] as const) {
      docker.created.splice(0);
      docker.done.splice(0);
      const { request, stop } = await started(variable);
      const { image, environment = {} } = composeServer(name);
      expect(request?.Image).toBe(image);
      expect(request?.Env).toEqual(Object.entries(environment).map(([key, value]) => `${key}=${value}`));
      expect(docker.done).toEqual(['POST /containers/create', 'POST /containers/one/start']);
      await stop();
      expect(docker.done.slice(2)).toEqual(['POST /containers/one/stop', 'DELETE /containers/one']);
    }
  });

  it('are found at the ports that Docker has given them', async () => {
    expect((await started('EVENTSTOREDB_URL')).at).toBe(`esdb://127.0.0.1:${port}?tls=false`);
    docker.created.splice(0);
    expect((await started('MONGODB_URI')).at).toBe(`mongodb://127.0.0.1:${port}`);
  });

  it('tell Kafka where its clients will find it, and let members of groups come and go as quickly as tests want', async () => {
    const { at, request } = await started('KAFKA_BROKERS');
    expect(request?.Image).toBe(composeServer('kafka').image);
    expect(request?.Hostname).toBe('kafka');
    expect(request?.HostConfig.PortBindings['9092/tcp']).toMatchObject([{ HostPort: at.split(':')[1] }]);
    expect(request?.Env).toEqual(
      expect.arrayContaining([
        `KAFKA_ADVERTISED_LISTENERS=INSIDE://kafka:19092,OUTSIDE://${at}`,
        'KAFKA_CONTROLLER_QUORUM_VOTERS=1@kafka:9093',
        'KAFKA_GROUP_MIN_SESSION_TIMEOUT_MS=1000',
      ]),
    );
  });
});
