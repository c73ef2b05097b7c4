import { StartupError } from '../process/startup-error.js';
import { type Environment, flag, given } from './environment.js';
import { refuseInsecure } from './security.js';

/** Who speaks TLS to the callers of the public API. */
export type PublicTls =
  | { readonly by: 'nobody' }
  | { readonly by: 'a proxy' }
  /** Names of files in PEM: a certificate with those that vouch for it, and its key. */
  | { readonly by: 'the gateway'; readonly certificate: string; readonly key: string };

/** @throws StartupError when only half of it is said. */
export function publicTls(environment: Environment): PublicTls {
  const certificate = given(environment, 'SILLAGE_TLS_CERT');
  const key = given(environment, 'SILLAGE_TLS_KEY');
  if (certificate !== undefined && key !== undefined) return { by: 'the gateway', certificate, key };
  if (certificate !== undefined) throw new StartupError('SILLAGE_TLS_KEY is not set, but SILLAGE_TLS_CERT is');
  if (key !== undefined) throw new StartupError('SILLAGE_TLS_CERT is not set, but SILLAGE_TLS_KEY is');
  return { by: flag(environment, 'SILLAGE_TLS_AT_PROXY') ? 'a proxy' : 'nobody' };
}

/** The same for a gateway that others than its own machine reach. @throws StartupError when nobody speaks TLS. */
export function requiredPublicTls(environment: Environment): PublicTls {
  const tls = publicTls(environment);
  const reason =
    'the public API is without TLS: give SILLAGE_TLS_CERT and SILLAGE_TLS_KEY, or SILLAGE_TLS_AT_PROXY=true where a proxy has it';
  refuseInsecure(environment, tls.by === 'nobody' ? reason : undefined);
  return tls;
}
