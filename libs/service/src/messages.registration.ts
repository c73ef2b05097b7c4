import { Global, Module, type Provider, type Type } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { asText, TcpServer } from '@sillage/messaging/tcp';
import { type Host, listenAddress, listening, NestLogger, TIME_TO_FINISH } from '@sillage/platform';

/** The server on which a process takes messages, not listening yet. */
export function messageServer({ environment, observer, metrics }: Host): TcpServer {
  const server = new TcpServer({ listen: listenAddress(environment), observer });
  metrics.watchMessagesAtWork(() => server.atWork);
  return server;
}

/**
 * Serves the messages that the controllers of some modules take; gives where. The modules find what they need among
 * the providers.
 * @throws StartupError when the address cannot be listened on.
 */
export async function serveMessages(
  host: Host,
  server: TcpServer,
  { modules, providers }: { readonly modules: readonly Type[]; readonly providers: Provider[] },
): Promise<string> {
  @Global()
  @Module({ providers, exports: providers })
  class Ports {}

  @Module({ imports: [Ports, ...modules] })
  class Service {}

  const options = { strategy: server, logger: new NestLogger(host.logger), abortOnError: false };
  const app = await NestFactory.createMicroservice(Service, options);
  await listening(listenAddress(host.environment), () => app.listen());
  host.shutdown.add('requests', 'the service', async () => {
    await server.drain(TIME_TO_FINISH);
    await app.close();
  });
  return asText(server.address);
}
