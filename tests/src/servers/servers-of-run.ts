import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { FoundServer, ServerVariable } from '@sillage/kernel/testing';
import type { StartedServer } from './containers.js';

export type Start = () => Promise<StartedServer | { readonly missing: string }>;

/** How to start each server, the best first; the next is tried where one is missing or does not start. */
export type Ways = { readonly [Name in ServerVariable]: readonly Start[] };

/**
 * The servers that the specs of one test run share. Each is started when a spec first asks for it over HTTP (`GET
 * /KAFKA_BROKERS` answers where it is, or with 404 why there is none), so that a run of other specs does not wait.
 */
export class ServersOfRun {
  private readonly asked = new Map<string, Promise<FoundServer>>();
  private readonly started: StartedServer[] = [];
  private readonly server: Server;

  private constructor(private readonly ways: Ways) {
    this.server = createServer(async ({ url = '' }, response) => {
      const found = await this.find(url.slice(1));
      response.writeHead('at' in found ? 200 : 404).end('at' in found ? found.at : found.missing);
    });
  }

  /** @param tell told, a line each, of servers that could not be started */
  static async open(ways: Ways): Promise<ServersOfRun> {
    const servers = new ServersOfRun(ways);
    servers.server.listen(0, '127.0.0.1').unref();
    await once(servers.server, 'listening');
    return servers;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  async stop(): Promise<void> {
    this.server.close();
    this.server.closeAllConnections();
    // What is still being started must end, too.
    await Promise.all(this.asked.values());
    await Promise.all(this.started.splice(0).map((server) => server.stop()));
  }

  private find(variable: string): Promise<FoundServer> {
    const found = this.asked.get(variable) ?? this.start(variable);
    this.asked.set(variable, found);
    return found;
  }

  private async start(variable: string): Promise<FoundServer> {
    if (!isVariable(this.ways, variable)) return { missing: `${variable} is no server of the tests` };
    const reasons = [`${variable} is not set`];
    for (const start of this.ways[variable]) {
      const found = await start().catch((error: Error) => ({ missing: error.message }));
      if ('at' in found) {
        this.started.push(found);
        return { at: found.at };
      }
      reasons.push(found.missing);
    }
    return { missing: reasons.join(', and ') };
  }
}

function isVariable(ways: Ways, name: string): name is ServerVariable {
  return Object.hasOwn(ways, name);
}
