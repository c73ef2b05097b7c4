import { StartupError } from '../process/startup-error.js';
import { type Environment, flag } from './environment.js';

/** Whether its operator has said that a process may start without TLS, or with secrets that everybody knows. */
export function isInsecure(environment: Environment): boolean {
  return flag(environment, 'SILLAGE_INSECURE');
}

/** @throws StartupError for a configuration that would do in a laboratory only, unless it is said to be one. */
export function refuseInsecure(environment: Environment, reason: string | undefined): void {
  if (reason === undefined || isInsecure(environment)) return;
  throw new StartupError(`${reason}; only SILLAGE_INSECURE=true would allow that`);
}
