import { once } from 'node:events';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Address } from '../configuration/index.js';
import type { Metrics } from '../watching/index.js';
import { listening } from './listening.js';
import type { Readiness } from './readiness.js';

export interface ManagementServer {
  readonly url: string;
  close(): Promise<void>;
}

/** Serves what operators ask of a process, without a token: for a network that callers do not reach. */
export async function serveManagement(
  address: Address,
  { readiness, metrics }: { readonly readiness: Readiness; readonly metrics: Metrics },
): Promise<ManagementServer> {
  const server = createServer(({ method, url = '' }, response) => {
    if (method !== 'GET' && method !== 'HEAD') return answer(response, 405, { status: 'no such method' });
    switch (url.split('?', 1)[0]) {
      case '/health/live':
        return answer(response, 200, { status: 'ok' });
      case '/health/ready': {
        const missing = readiness.missing();
        if (missing.length === 0) return answer(response, 200, { status: 'ok' });
        return answer(response, 503, { status: 'not-ready', missing });
      }
      case '/metrics':
        return void metrics.text().then(
          (text) => response.writeHead(200, { 'content-type': metrics.contentType }).end(text),
          () => answer(response, 500, { status: 'metrics could not be collected' }),
        );
      default:
        return answer(response, 404, { status: 'not here' });
    }
  });
  await listening(address, () => once(server.listen(address.port, address.host), 'listening'));
  const { port } = server.address() as AddressInfo;
  const host = address.host.includes(':') ? `[${address.host}]` : address.host;
  return {
    url: `http://${host}:${port}`,
    close: async () => {
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}

function answer(response: ServerResponse, status: number, body: object): void {
  const retry = status === 503 ? { 'retry-after': '1' } : {};
  response.writeHead(status, { 'content-type': 'application/json', ...retry }).end(JSON.stringify(body));
}
