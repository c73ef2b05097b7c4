import { Messages } from '../messages.js';
import { replying } from '../replying.js';
import { type Address, TcpClient, TcpServer } from '../tcp/index.js';
import type { TcpClientOptions } from '../tcp/tcp-client.js';
import type { TcpServerOptions } from '../tcp/tcp-server.js';
import type { Handlers } from './messages-contract.js';

/** A service on a free port of this machine. */
export async function serveByTcp(handlers: Handlers, options: Partial<TcpServerOptions> = {}): Promise<TcpServer> {
  const server = new TcpServer({ listen: { host: '127.0.0.1', port: 0 }, ...options });
  for (const [pattern, handle] of Object.entries(handlers)) {
    server.addHandler(pattern, async (message) => replying(() => handle(message as never)));
  }
  await new Promise<void>((resolve, reject) => {
    server.listen((error) => (error === undefined ? resolve() : reject(error)));
  });
  return server;
}

export interface AccountsClient {
  readonly messages: Messages;
  close(): void;
}

/** Messages to a service of accounts. */
export function askByTcp(accounts: readonly Address[], options: Partial<TcpClientOptions> = {}): AccountsClient {
  const client = new TcpClient({ services: { accounts }, ...options });
  return { messages: new Messages(client), close: () => client.close() };
}
