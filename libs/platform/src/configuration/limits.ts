import { StartupError } from '../process/startup-error.js';
import { type Environment, given } from './environment.js';
import type { Variable } from './variables.js';

/** What a gateway takes of everybody. */
export interface LoadLimits {
  /** Requests a second; any number where undefined. */
  readonly tenantRate: number | undefined;
  readonly tokenRate: number | undefined;
  /** Requests at work that tenants who are there at the same time share. */
  readonly shared: number;
}

/** As many as another tenant's next write hardly notices; measured, see docs/performance.md. */
const SHARED_REQUESTS = 4;

/** The gateway of many tenants: more than the imports of one need. That none slows the others is not its task. */
export const MANY_TENANTS: LoadLimits = { tenantRate: 5_000, tokenRate: 2_500, shared: SHARED_REQUESTS };

/** Where there is one tenant its limit is the machine. */
export const ONE_TENANT: LoadLimits = { tenantRate: undefined, tokenRate: undefined, shared: SHARED_REQUESTS };

/** @throws StartupError naming the variable that is wrong. */
export function loadLimits(environment: Environment, otherwise: LoadLimits): LoadLimits {
  return {
    tenantRate: rate(environment, 'SILLAGE_RATE_LIMIT', otherwise.tenantRate),
    tokenRate: rate(environment, 'SILLAGE_TOKEN_RATE_LIMIT', otherwise.tokenRate),
    shared: count(environment, 'SILLAGE_SHARED_REQUESTS', otherwise.shared),
  };
}

function rate(environment: Environment, name: Variable, otherwise: number | undefined): number | undefined {
  const text = given(environment, name);
  if (text === undefined) return otherwise;
  if (text === 'none') return undefined;
  const value = Number(text);
  if (!/^\d{1,9}(\.\d{1,3})?$/.test(text) || value === 0) {
    throw new StartupError(`${name} must be a number of requests a second, or none, not "${text}"`);
  }
  return value;
}

function count(environment: Environment, name: Variable, otherwise: number): number {
  const text = given(environment, name);
  if (text === undefined) return otherwise;
  if (!/^[1-9]\d{0,3}$/.test(text))
    throw new StartupError(`${name} must be a whole number from 1 to 9999, not "${text}"`);
  return Number(text);
}
