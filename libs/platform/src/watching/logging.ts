import type { LoggerService } from '@nestjs/common';
import { type Logger, pino } from 'pino';
import type { LogLevel } from '../configuration/process.js';
import { correlationId } from './correlation.js';

/**
 * Structured logs, one JSON object a line on standard error; standard output is for what a person asked for. What is
 * logged on behalf of a request bears its `correlationId`.
 */
export function createLogger(level: LogLevel = 'info'): Logger {
  const options = { level, base: null, timestamp: pino.stdTimeFunctions.isoTime, mixin: correlation };
  return pino(options, pino.destination({ fd: 2, sync: true }));
}

function correlation(): { readonly correlationId?: string } {
  const id = correlationId();
  return id === undefined ? {} : { correlationId: id };
}

/** Nest's own logging, by pino. What Nest tells of each route and module at start is of no use in operation. */
export class NestLogger implements LoggerService {
  constructor(private readonly logger: Logger) {}

  log(message: unknown, context?: string): void {
    this.logger.debug({ context }, String(message));
  }

  warn(message: unknown, context?: string): void {
    this.logger.warn({ context }, String(message));
  }

  error(message: unknown, ...rest: readonly unknown[]): void {
    this.logger.error({ context: rest.at(-1) }, String(message));
  }
}
