import { StartupError } from '../process/startup-error.js';
import { httpHost } from './embedded.js';
import { type Address, type Environment, given, port, url } from './environment.js';

const LEVELS = ['trace', 'debug', 'info', 'warn', 'error', 'fatal'] as const;

export type LogLevel = (typeof LEVELS)[number];

/** What every process can be told. */
export interface ProcessConfiguration {
  readonly logLevel: LogLevel;
  /** Whether traces are collected: their exporter reads the variable itself, by OpenTelemetry's own rules. */
  readonly isTraced: boolean;
  /** Where health and metrics are served; nowhere when undefined. */
  readonly management: Address | undefined;
}

/** @throws StartupError naming the variable that is wrong. */
export function processConfiguration(environment: Environment): ProcessConfiguration {
  return {
    logLevel: logLevel(environment),
    isTraced: isTraced(environment),
    management: management(environment),
  };
}

function logLevel(environment: Environment): LogLevel {
  const text = given(environment, 'SILLAGE_LOG_LEVEL') ?? 'info';
  const level = LEVELS.find((known) => known === text);
  if (level === undefined)
    throw new StartupError(`SILLAGE_LOG_LEVEL must be one of ${LEVELS.join(', ')}, not "${text}"`);
  return level;
}

function isTraced(environment: Environment): boolean {
  const text = given(environment, 'OTEL_EXPORTER_OTLP_ENDPOINT');
  if (text !== undefined) url('OTEL_EXPORTER_OTLP_ENDPOINT', text, ['http:', 'https:']);
  return text !== undefined;
}

function management(environment: Environment): Address | undefined {
  const text = given(environment, 'SILLAGE_MANAGEMENT_PORT');
  if (text === undefined) return undefined;
  return { host: httpHost(environment), port: port('SILLAGE_MANAGEMENT_PORT', text) };
}
