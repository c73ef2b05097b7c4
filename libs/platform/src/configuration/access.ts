import { StartupError } from '../process/startup-error.js';
import { type Environment, given, required, url } from './environment.js';
import { isInsecure, refuseInsecure } from './security.js';

/** Characters of a token that nobody guesses. */
const SHORTEST_TOKEN = 16;

/** Whose tokens the gateway takes. */
export type Access =
  | { readonly kind: 'issuer'; readonly issuer: string; readonly audience: string }
  | { readonly kind: 'one-token'; readonly token: string };

/** @throws StartupError when it is not said, or would be insecure. */
export function access(environment: Environment): Access {
  const issuer = given(environment, 'SILLAGE_OIDC_ISSUER');
  if (issuer === undefined) return oneToken(environment);
  const { protocol } = url('SILLAGE_OIDC_ISSUER', issuer, ['https:', 'http:']);
  refuseInsecure(environment, protocol === 'http:' ? 'SILLAGE_OIDC_ISSUER is without TLS' : undefined);
  return { kind: 'issuer', issuer, audience: required(environment, 'SILLAGE_OIDC_AUDIENCE', 'an audience of tokens') };
}

function oneToken(environment: Environment): Access {
  if (!isInsecure(environment)) {
    throw new StartupError('SILLAGE_OIDC_ISSUER is not set; it is to be of the form https://issuer');
  }
  const token = required(environment, 'SILLAGE_ADMIN_TOKEN', 'a token of your own');
  if (!/^[\w\-.~+/]+=*$/.test(token) || token.length < SHORTEST_TOKEN) {
    throw new StartupError(`SILLAGE_ADMIN_TOKEN must have ${SHORTEST_TOKEN} characters or more, as bearer tokens have`);
  }
  return { kind: 'one-token', token };
}
