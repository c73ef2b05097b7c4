import { Logger } from '@nestjs/common';
import { isRole } from '@sillage/contracts';
import { Problem } from '@sillage/kernel';
import {
  createRemoteJWKSet,
  errors,
  type JWTHeaderParameters,
  type JWTPayload,
  type JWTVerifyGetKey,
  jwtVerify,
} from 'jose';
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

/**
 * Milliseconds that keys are kept, which is how long one that the issuer has withdrawn goes on; and after which they
 * are fetched again for a token of a key that is not among them, so that forged ones do not make us ask all the time.
 */
const KEYS_KEPT = 600_000;
const KEYS_ASKED_AGAIN = 30_000;

/** A longer header line is taken by few servers and proxies. */
const MOST_CHARACTERS = 8_192;

/**
 * What the `typ` of an access token may be: RFC 9068, or what issuers wrote before it. Logout tokens, proofs of
 * possession and their like, signed by the same keys, are others.
 */
const TYPES = ['at+jwt', 'jwt'];

/** What of a token is its own form only; a tenant becomes part of stream names. */
const TENANT = /^[A-Za-z0-9_-]{1,100}$/;
const LONGEST_SUBJECT = 200;

const logger = new Logger('Access');

/**
 * Claims that make a token no bearer token for us: hashes that only an ID token has (OpenID Connect Core, 3.1.3.6 and
 * 3.3.2.11), and the key whose holder alone may use it (RFC 7800), of whom a bearer brings no proof.
 */
const CLAIMS_OF_OTHERS = ['at_hash', 'c_hash', 'cnf'];

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
  const keys = createRemoteJWKSet(new URL(jwks_uri), {
    timeoutDuration: TIME_TO_ANSWER,
    cacheMaxAge: KEYS_KEPT,
    cooldownDuration: KEYS_ASKED_AGAIN,
  });
  return { authenticate: (token) => authenticate(token, keys, { issuer, audience }) };
}

async function authenticate(
  token: string,
  keys: JWTVerifyGetKey,
  expected: { readonly issuer: string; readonly audience: string },
): Promise<Identity | undefined> {
  if (token.length > MOST_CHARACTERS) return undefined;
  try {
    const { payload, protectedHeader } = await jwtVerify(token, keys, {
      ...expected,
      algorithms: ALGORITHMS,
      clockTolerance: CLOCK_TOLERANCE,
      requiredClaims: ['exp', 'sub', 'tenant'],
    });
    return isAccessToken(protectedHeader, payload) ? identityIn(payload) : undefined;
  } catch (error) {
    if (!isOfTheIssuer(error)) return undefined;
    logger.error(`the keys of the issuer cannot be had: ${error instanceof Error ? error.message : String(error)}`);
    throw new Problem('service-unavailable');
  }
}

/**
 * Whether it was made to be shown to a resource. What no claim tells apart is told by the audience: that of an ID token
 * is the client, so SILLAGE_OIDC_AUDIENCE must not be one.
 */
function isAccessToken({ typ }: JWTHeaderParameters, payload: JWTPayload): boolean {
  const type = typ?.toLowerCase().replace(/^application\//, '') ?? 'jwt';
  return TYPES.includes(type) && CLAIMS_OF_OTHERS.every((claim) => !(claim in payload));
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
