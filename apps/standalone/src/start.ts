import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { AUTHENTICATOR, type Authenticator, configureEdge, edgeOptions, Tenants } from '@sillage/gateway';
import { newId } from '@sillage/kernel';
import { type EmbeddedConfiguration, NestLogger, StartupError } from '@sillage/platform';
import type { Logger } from 'pino';
import { TENANT } from './data/admin-token.js';
import { openDataDirectory } from './data/data-directory.js';
import { openAdapters, standaloneModule } from './registration.js';

/** Milliseconds. */
const TIME_TO_OPEN = 10_000;

/** A Sillage that runs in this process. */
export interface RunningServer {
  readonly url: string;
  readonly dataDirectory: string;
  readonly adminTokenFile: string;
  /** Takes no more requests, finishes those it has, and lets go of everything. */
  stop(): Promise<void>;
}

/**
 * @param onLoss Called when a part without which nothing works has ended by itself.
 * @throws StartupError when it cannot start, saying why.
 */
export async function startStandalone(
  configuration: EmbeddedConfiguration,
  logger: Logger,
  onLoss: (error: Error) => void,
): Promise<RunningServer> {
  const directory = openDataDirectory(configuration.dataDirectory);
  const adapters = await openAdapters(directory, onLoss);
  const app = await NestFactory.create<NestFastifyApplication>(
    standaloneModule(adapters),
    new FastifyAdapter(edgeOptions()),
    { logger: new NestLogger(logger), bodyParser: false, abortOnError: false },
  );
  configureEdge(app.getHttpAdapter().getInstance(), app.get<Authenticator>(AUTHENTICATOR));
  app.connectMicroservice({ strategy: adapters.transport });
  await app.startAllMicroservices();
  await app.init();
  await openTenant(app);
  await adapters.views.opened;
  const url = await listen(app, configuration);
  directory.announce(url);
  return {
    url,
    dataDirectory: directory.path,
    adminTokenFile: directory.adminTokenFile,
    stop: async () => {
      await app.close();
      await adapters.close();
      directory.release();
    },
  };
}

/** So that the first look at a new Sillage shows its pipelines. */
async function openTenant(app: NestFastifyApplication): Promise<void> {
  const deadline = Date.now() + TIME_TO_OPEN;
  await app.get(Tenants).open({ tenant: TENANT, actor: 'sillage', correlationId: newId(), deadline });
}

async function listen(app: NestFastifyApplication, { host, port }: EmbeddedConfiguration): Promise<string> {
  try {
    return await app.getHttpAdapter().getInstance().listen({ host, port });
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    if (code === 'EADDRINUSE') throw new StartupError(`Port ${port} of ${host} is already taken`, { cause: error });
    if (code === 'EACCES')
      throw new StartupError(`Port ${port} of ${host} may not be used by this user`, { cause: error });
    if (code === 'ENOTFOUND' || code === 'EADDRNOTAVAIL') {
      throw new StartupError(`${host} is not an address of this machine`, { cause: error });
    }
    throw error;
  }
}
