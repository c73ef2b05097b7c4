import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { json } from 'node:stream/consumers';

/** As far as it is looked at: the body of Docker's `POST /containers/create`. */
export interface ContainerRequest {
  readonly Image: string;
  readonly Hostname?: string;
  readonly Env: readonly string[];
  readonly HostConfig: { readonly PortBindings: { readonly [port: string]: readonly { readonly HostPort: string }[] } };
}

/** Docker's stream of a container's output, which frames each part: 1 is standard output, then the length. */
function frame(text: string): Buffer {
  const header = Buffer.alloc(8);
  header.writeUInt8(1, 0);
  header.writeUInt32BE(Buffer.byteLength(text), 4);
  return Buffer.concat([header, Buffer.from(text)]);
}

/**
 * Speaks as much of Docker's HTTP API as testcontainers needs to run one container, and runs none. A port of the container
 * that is not bound to one of the host is said to be at `port`.
 */
export class FakeDocker {
  readonly created: ContainerRequest[] = [];
  /** Method and path of each request but those that ask only. */
  readonly done: string[] = [];

  private constructor(
    private readonly server: Server,
    private readonly options: { readonly port: number; readonly output: string },
  ) {}

  /** @param options `output` is what every container says */
  static async start(options: { readonly port: number; readonly output: string }): Promise<FakeDocker> {
    const server = createServer((request, response) => void docker.answer(request, response));
    const docker = new FakeDocker(server, options);
    await once(server.listen(0, '127.0.0.1'), 'listening');
    return docker;
  }

  /** For `DOCKER_HOST`. */
  get host(): string {
    return `tcp://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  stop(): void {
    this.server.close();
    this.server.closeAllConnections();
  }

  private async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { method, url = '' } = request;
    const path = url.replace(/^\/v[\d.]+/, '').replace(/\?.*/, '');
    if (method !== 'GET') this.done.push(`${method} ${path}`);
    if (path === '/containers/create') this.created.push((await json(request)) as ContainerRequest);
    if (path.endsWith('/logs')) {
      response.writeHead(200, { 'content-type': 'application/vnd.docker.raw-stream' });
      response.end(frame(this.options.output));
      return;
    }
    response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(this.told(path)));
  }

  private told(path: string): object {
    if (path === '/info') return { OperatingSystem: 'none', OSType: 'linux', Architecture: 'x86_64' };
    if (path === '/containers/json') return [];
    if (path === '/containers/create') return { Id: 'one' };
    if (path === '/containers/one/json') return this.container();
    return {};
  }

  private container(): object {
    const bindings = this.created.at(-1)?.HostConfig.PortBindings ?? {};
    const ports = Object.entries(bindings).map(([name, [bound]]) => [
      name,
      [{ HostIp: '0.0.0.0', HostPort: Number(bound?.HostPort) > 0 ? bound?.HostPort : String(this.options.port) }],
    ]);
    return {
      Id: 'one',
      Name: '/one',
      Config: { Hostname: 'one', Labels: {} },
      State: {
        Status: 'running',
        Running: true,
        StartedAt: '2026-01-01T00:00:00Z',
        FinishedAt: '0001-01-01T00:00:00Z',
      },
      NetworkSettings: { Ports: Object.fromEntries(ports), Networks: {} },
    };
  }
}
