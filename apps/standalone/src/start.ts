import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { httpApplication, listen, ONLY_TENANT, serveMetrics, Tenants } from '@sillage/gateway';
import { newId } from '@sillage/kernel';
import { embeddedConfiguration, type Host, loadLimits, ONE_TENANT, publicTls } from '@sillage/platform';
import { openDataDirectory } from './data/data-directory.js';
import { type Adapters, openAdapters, standaloneModule } from './registration.js';
import { watchProjector } from './views/projector-lag.js';

/** Milliseconds. */
const TIME_TO_OPEN = 10_000;

/**
 * Starts a Sillage that runs in this process, and says where.
 * @param adapt takes some of the adapters, such as who is let in, and may give others
 * @throws StartupError when it cannot start, saying why.
 */
export async function startStandalone(
  host: Host,
  adapt: (adapters: Adapters) => Adapters = (adapters) => adapters,
): Promise<readonly string[]> {
  const { dataDirectory, http } = embeddedConfiguration(host.environment);
  const [limits, tls] = [loadLimits(host.environment, ONE_TENANT), publicTls(host.environment)];
  const directory = openDataDirectory(dataDirectory);
  const adapters = adapt(await openAdapters(directory, host));
  const { logger, observer } = host;
  const app = await httpApplication(standaloneModule(adapters, host), { logger, observer, limits, tls });
  serveMetrics(app.getHttpAdapter().getInstance(), host.metrics);
  watchProjector(host.metrics, adapters);
  app.connectMicroservice({ strategy: adapters.transport });
  await app.startAllMicroservices();
  await app.init();
  await openTenant(app);
  await adapters.views.opened;
  const url = await listen(app, http);
  directory.announce(url);
  host.shutdown.add('requests', 'the gateway', () => app.close());
  host.shutdown.add('stores', 'the stores', async () => {
    await adapters.close();
    directory.release();
  });
  return [
    `Sillage is ready at ${url}`,
    `  data:                  ${directory.path}`,
    `  administrator's token: ${directory.adminTokenFile}`,
    `  documentation:         ${url}/docs`,
  ];
}

/** So that the first look at a new Sillage shows its pipelines. */
async function openTenant(app: NestFastifyApplication): Promise<void> {
  const deadline = Date.now() + TIME_TO_OPEN;
  await app.get(Tenants).open({ tenant: ONLY_TENANT, actor: 'sillage', correlationId: newId(), deadline });
}
