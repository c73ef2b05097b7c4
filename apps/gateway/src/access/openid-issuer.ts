import { Logger } from '@nestjs/common';
import { isRole } from '@sillage/contracts';
import { Problem } from '@sillage/kernel';
import { createRemoteJWKSet, errors, type JWTPayload, type JWTVerifyGetKey, jwtVerify } from 'jose';
import type { Authenticator, Identity } from '../edge/identity.js';

/** Only signatures that nobody can make with what the issuer publishes: neither `none` nor HMAC with a public key. */
const ALGORITHMS = [
  'RS256',
  'RS384',
  'RS512',
  'PS256',
  'PS384',
  'PS512',
  'ES256',
  'ES384',
  'ES512',
  'EdDSA',
  'Ed25519',
];

/** Seconds by which the issuer's clock may differ from ours. */
const CLOCK_TOLERANCE = 30;

/** Milliseconds that the issuer has to answer. */
const TIME_TO_ANSWER = 5_000;

/** What of a token is its own form only; a tenant becomes part of stream names. */
const TENANT = /^[A-Za-z0-9_-]{1,100}$/;
const LONGEST_SUBJECT = 200;

const logger = new Logger('Access');

/** Where an OpenID Connect issuer says that it keeps its keys. */
interface Discovery {
  readonly issuer: string;
  readonly jwks_uri: string;
}

/**
 * Takes the JWTs of an OpenID Connect issuer: signed by one of its keys, for our audience, not expired, with the claims
 * `sub` and `tenant`. The keys are fetched when they are needed, kept, and fetched again when a token names a new one.
 * @throws Error when the issuer cannot be reached, or is not who it says it is.
 */
export async function openIdIssuer(issuer: string, audience: string): Promise<Authenticator> {
  const { jwks_uri } = await discover(issuer);
  const keys = createRemoteJWKSet(new URL(jwks_uri), { timeoutDuration: TIME_TO_ANSWER });
  return { authenticate: (token) => authenticate(token, keys, { issuer, audience }) };
}

async function authenticate(
  token: string,
  keys: JWTVerifyGetKey,
  expected: { readonly issuer: string; readonly audience: string },
): Promise<Identity | undefined> {
  try {
    const { payload } = await jwtVerify(token, keys, {
      ...expected,
      algorithms: ALGORITHMS,
      clockTolerance: CLOCK_TOLERANCE,
      requiredClaims: ['exp', 'sub', 'tenant'],
    });
    return identityIn(payload);
  } catch (error) {
    if (!isOfTheIssuer(error)) return undefined;
    logger.error(`the keys of the issuer cannot be had: ${error instanceof Error ? error.message : String(error)}`);
    throw new Problem('service-unavailable');
  }
}

/** Roles that are none of ours are another system's. */
function identityIn({ sub, tenant, roles }: JWTPayload): Identity | undefined {
  if (typeof tenant !== 'string' || !TENANT.test(tenant)) return undefined;
  if (typeof sub !== 'string' || sub === '' || sub.length > LONGEST_SUBJECT) return undefined;
  return { tenant, actor: sub, roles: Array.isArray(roles) ? roles.filter(isRole) : [] };
}

/** Whether the issuer is at fault, not the token: jose gives its own errors with a code for both. */
function isOfTheIssuer(error: unknown): boolean {
  if (!(error instanceof errors.JOSEError)) return true;
  return ['ERR_JWKS_TIMEOUT', 'ERR_JWKS_INVALID', 'ERR_JOSE_GENERIC'].includes(error.code);
}

async function discover(issuer: string): Promise<Discovery> {
  const url = `${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`;
  const response = await fetch(url, { signal: AbortSignal.timeout(TIME_TO_ANSWER), redirect: 'error' });
  if (!response.ok) throw new Error(`${url} answered ${response.status}`);
  const said: unknown = await response.json();
  if (!isDiscovery(said)) throw new Error(`${url} names no issuer and keys`);
  if (said.issuer !== issuer) throw new Error(`${url} is of another issuer, ${said.issuer}`);
  const isPlain = new URL(said.jwks_uri).protocol !== 'https:';
  if (isPlain && issuer.startsWith('https:')) throw new Error(`${url} names keys without TLS`);
  return said;
}

function isDiscovery(said: unknown): said is Discovery {
  if (typeof said !== 'object' || said === null) return false;
  return 'issuer' in said && typeof said.issuer === 'string' && 'jwks_uri' in said && URL.canParse(`${said.jwks_uri}`);
}
