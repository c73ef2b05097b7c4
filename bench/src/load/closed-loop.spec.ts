import { once } from 'node:events';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from '@jest/globals';
import { runLoad } from './closed-loop.js';
import { encodeRequest } from './encode-request.js';
import type { Operation } from './operation.js';

const GET: Operation = {
  requests: ['/a', '/b'].map((path) => encodeRequest({ method: 'GET', path })),
  expectedStatus: 200,
  complaint: (body) => (body === 'right' ? undefined : `"${body}" is wrong`),
};
const PLAN = { connections: 4, requests: 200, milliseconds: 10_000 };

let server: Server;

afterEach(() => {
  server.closeAllConnections();
  server.close();
});

describe('a closed loop', () => {
  it('sends as many requests as planned, in turn, one at a time on each connection', async () => {
    const paths: string[] = [];
    let underWay = 0;
    let most = 0;
    const origin = await serve(({ url }, response) => {
      paths.push(url ?? '');
      underWay += 1;
      most = Math.max(most, underWay);
      setImmediate(() => {
        underWay -= 1;
        respond(response, 'right');
      });
    });
    const { latencies, faults } = await runLoad(origin, GET, PLAN);
    expect([latencies.count, faults.count]).toEqual([200, 0]);
    expect(paths.filter((path) => path === '/a')).toHaveLength(100);
    expect(most).toBeLessThanOrEqual(4);
  });

  it('ends with its time, too', async () => {
    const origin = await serve((_, response) => respond(response, 'right'));
    const { seconds, latencies } = await runLoad(origin, GET, { ...PLAN, requests: 1e9, milliseconds: 100 });
    expect(seconds).toBeGreaterThanOrEqual(0.1);
    expect(latencies.count).toBeGreaterThan(0);
  });

  it('counts every answer of another status', async () => {
    let answered = 0;
    const origin = await serve((_, response) => {
      answered += 1;
      respond(response, 'right', answered % 10 === 0 ? 503 : 200);
    });
    const { latencies, faults } = await runLoad(origin, GET, PLAN);
    expect([latencies.count, faults.count]).toEqual([180, 20]);
    expect(faults.describe()).toEqual(['20 x status 503: right']);
  });

  it('reads a sample of the bodies', async () => {
    const origin = await serve((_, response) => respond(response, 'left'));
    const { faults } = await runLoad(origin, GET, PLAN);
    expect(faults.describe()).toEqual(['4 x "left" is wrong']);
  });

  it('counts a connection that is lost, and ends', async () => {
    const origin = await serve(({ socket }) => socket.destroy());
    const { latencies, faults } = await runLoad(origin, GET, PLAN);
    expect([latencies.count, faults.count]).toEqual([0, 4]);
  });
});

async function serve(listener: RequestListener): Promise<string> {
  server = createServer(listener).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

function respond(response: Parameters<RequestListener>[1], body: string, status = 200): void {
  response.writeHead(status, { 'content-length': body.length }).end(body);
}
