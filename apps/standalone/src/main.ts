import 'reflect-metadata';
import { createLogger, embeddedConfiguration, StartupError } from '@sillage/platform';
import { type RunningServer, startStandalone } from './start.js';

const logger = createLogger();

try {
  const server = await startStandalone(embeddedConfiguration(process.env), logger, (error) => {
    logger.fatal({ err: error }, 'a part of Sillage was lost: it ends, to be started again');
    process.exit(1);
  });
  stopOnSignals(server);
  process.stdout.write(
    `Sillage is ready at ${server.url}\n` +
      `  data:                  ${server.dataDirectory}\n` +
      `  administrator's token: ${server.adminTokenFile}\n` +
      `  documentation:         ${server.url}/docs\n`,
  );
} catch (error) {
  if (!(error instanceof StartupError)) throw error;
  process.stderr.write(`sillage: ${error.message}\n`);
  process.exit(1);
}

/** Stops once, however many signals come: a shell sends one to the whole group and a supervisor another. */
function stopOnSignals(server: RunningServer): void {
  let isStopping = false;
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    process.on(signal, () => {
      if (isStopping) return;
      isStopping = true;
      void server.stop().then(() => process.exit(0));
    });
  }
}
