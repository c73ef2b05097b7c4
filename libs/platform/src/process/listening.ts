import type { Address } from '../configuration/index.js';
import { StartupError } from './startup-error.js';

/** Says in words why an address cannot be listened on; undefined for an error of another kind. */
export function listenFailure(error: unknown, { host, port }: Address): StartupError | undefined {
  const code = typeof error === 'object' && error !== null && 'code' in error ? error.code : undefined;
  switch (code) {
    case 'EADDRINUSE':
      return new StartupError(`Port ${port} of ${host} is already taken`, { cause: error });
    case 'EACCES':
      return new StartupError(`Port ${port} of ${host} may not be used by this user`, { cause: error });
    case 'ENOTFOUND':
    case 'EADDRNOTAVAIL':
      return new StartupError(`${host} is not an address of this machine`, { cause: error });
    default:
      return undefined;
  }
}

/** Waits until something listens. @throws StartupError when it cannot, saying why. */
export async function listening<T>(address: Address, listen: () => Promise<T>): Promise<T> {
  try {
    return await listen();
  } catch (error) {
    throw listenFailure(error, address) ?? error;
  }
}
