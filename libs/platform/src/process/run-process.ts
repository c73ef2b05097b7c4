import type { Logger } from 'pino';
import { type Environment, isInsecure, processConfiguration } from '../configuration/index.js';
import { createLogger, createMetrics, createObserver, type Metrics, type Observer } from '../watching/index.js';
import { startTracing } from '../watching/tracing.js';
import { serveManagement } from './management-server.js';
import { Readiness } from './readiness.js';
import { Shutdown } from './shutdown.js';
import { StartupError } from './startup-error.js';
import { waitFor } from './waiting.js';

/** What a process is given to start in. */
export interface Host {
  readonly environment: Environment;
  readonly logger: Logger;
  readonly metrics: Metrics;
  readonly observer: Observer;
  readonly readiness: Readiness;
  /** Where each part says how it is stopped, once it runs. */
  readonly shutdown: Shutdown;
  /** Opens what the process depends on, with back-off, for as long as it is missing; not ready meanwhile. */
  waitFor<T>(dependency: string, open: () => Promise<T>): Promise<T>;
  /** Ends the process at once, with exit code 1: a part was lost without which nothing works. */
  lose(error: Error): void;
}

/** Starts what the process is for; gives the lines that tell a person that it has, the first with its address. */
export type Start = (host: Host) => Promise<readonly string[]>;

/**
 * The life of every process: it says why it cannot start, in one line with exit code 1; serves health and metrics from
 * the beginning, and is ready when everything is there; ends by SIGTERM or SIGINT in good order with exit code 0.
 */
export async function runProcess(name: string, start: Start): Promise<void> {
  try {
    await new Running(name).run(start);
  } catch (error) {
    if (!(error instanceof StartupError)) throw error;
    process.stderr.write(`sillage: ${error.message}\n`);
    process.exit(1);
  }
}

class Running implements Host {
  readonly environment: Environment = process.env;
  readonly logger: Logger;
  readonly metrics = createMetrics();
  observer: Observer;
  readonly readiness = new Readiness();
  readonly shutdown: Shutdown;
  private readonly configuration = processConfiguration(this.environment);
  private readonly stopping = new AbortController();

  constructor(private readonly name: string) {
    this.logger = createLogger(this.configuration.logLevel);
    this.observer = createObserver(this.metrics, this.logger);
    this.shutdown = new Shutdown(this.logger);
  }

  waitFor<T>(dependency: string, open: () => Promise<T>): Promise<T> {
    return waitFor(dependency, open, { ...this.part(), signal: this.stopping.signal });
  }

  readonly lose = (error: Error): void => {
    this.logger.fatal({ err: error }, 'a part of Sillage was lost: it ends, to be started again');
    process.exit(1);
  };

  async run(start: Start): Promise<void> {
    this.readiness.lack('start');
    if (isInsecure(this.environment)) {
      this.logger.warn('SILLAGE_INSECURE=true: this process may talk without TLS and take secrets that anybody knows');
    }
    const { isTraced, management } = this.configuration;
    const tracing = isTraced ? await startTracing(`sillage-${this.name}`) : undefined;
    if (tracing !== undefined) {
      this.observer = tracing.traced(this.observer);
      this.shutdown.add('traces', 'the exporter of traces', () => tracing.stop());
    }
    const managed = management && (await serveManagement(management, this));
    this.endOnSignals();
    try {
      const lines = await start(this);
      this.readiness.found('start');
      const where = managed === undefined ? [] : [`  health and metrics:    ${managed.url}`];
      process.stdout.write(`${[...lines, ...where].join('\n')}\n`);
    } catch (error) {
      // Told to end while it was starting, it ends as it would have later.
      if (!this.stopping.signal.aborted) throw error;
    }
  }

  /** Once, however many signals come: a shell sends one to the whole group and a supervisor another. */
  private endOnSignals(): void {
    for (const signal of ['SIGTERM', 'SIGINT'] as const) {
      process.on(signal, () => {
        if (this.stopping.signal.aborted) return;
        this.readiness.lack('shutting-down');
        this.stopping.abort();
        void this.shutdown.run().then(() => process.exit(0));
      });
    }
  }

  private part() {
    return { logger: this.logger, readiness: this.readiness };
  }
}
