import { once } from 'node:events';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, it } from '@jest/globals';
import { ApiClient } from './api-client.js';

it('follows events through lost connections, each event once', async () => {
  const resumedAt: (string | undefined)[] = [];
  const connections: ((response: ServerResponse) => void)[] = [
    (response) => response.write(': hello\n\nid: 5\ndata: {"n":1}\n\nid: 6\ndata: {"n"', () => response.destroy()),
    (response) => response.writeHead(503).end(),
    (response) => response.end('id: 6\ndata: {"n":2}\n\n'),
    (response) => response.write('id: 7\ndata: {"n":3}\n\n'),
  ];
  const server = createServer((request, response) => {
    resumedAt.push(request.headersDistinct['last-event-id']?.[0]);
    connections.shift()?.(response);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const client = new ApiClient({ url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, token: 't' });

  const seen: unknown[] = [];
  for await (const event of client.follow('4')) {
    seen.push(event);
    if (seen.length === 3) break;
  }

  expect(seen).toEqual([
    { position: '5', json: '{"n":1}' },
    { position: '6', json: '{"n":2}' },
    { position: '7', json: '{"n":3}' },
  ]);
  expect(resumedAt).toEqual(['4', '5', '5', '6']);
  server.closeAllConnections();
  server.close();
  await client.close();
});
