import { Problem } from '@sillage/kernel';
import type { LoadLimits } from '@sillage/platform';
import type { FastifyInstance } from 'fastify';
import { authenticated, bearerToken } from '../authentication.js';
import { type Allowance, type RateLimit, RateLimiter } from './rate-limits.js';

/** Seconds' worth of requests that may come at once: an import, or a page that asks for much when it opens. */
const WINDOW = 10;

/**
 * Refuses what is beyond the limits with 429, and tells on every answer what is left, in the headers of
 * draft-ietf-httpapi-ratelimit-headers-10. Limits are of this process: with several gateways each has its own.
 */
export function limitRates(fastify: FastifyInstance, { tenantRate, tokenRate }: LoadLimits): void {
  const ofTenants = limiter('tenant', tenantRate);
  const ofTokens = limiter('token', tokenRate);
  const limiters = [ofTenants, ofTokens].filter((one) => one !== undefined);
  if (limiters.length === 0) return;
  const policy = limiters.map(({ limit }) => policyOf(limit)).join(', ');
  fastify.addHook('onRequest', (request, reply, next) => {
    const identity = authenticated(request);
    if (identity === undefined) {
      next();
      return;
    }
    const byTenant = ofTenants?.take(identity.tenant);
    // What the tenant is refused is not taken off its token.
    const byToken =
      byTenant !== undefined && byTenant.wait > 0 ? undefined : ofTokens?.take(bearerToken(request) ?? '');
    const left = [
      ...(byTenant === undefined ? [] : [leftOf('tenant', byTenant)]),
      ...(byToken === undefined ? [] : [leftOf('token', byToken)]),
    ];
    reply.headers({ 'ratelimit-policy': policy, ratelimit: left.join(', ') });
    const wait = Math.max(byTenant?.wait ?? 0, byToken?.wait ?? 0);
    next(wait > 0 ? new Problem('rate-limited', { params: { retryAfter: seconds(wait) } }) : undefined);
  });
}

function limiter(name: RateLimit['name'], perSecond: number | undefined): RateLimiter | undefined {
  return perSecond === undefined ? undefined : new RateLimiter({ name, perSecond, window: WINDOW });
}

function policyOf({ name, perSecond, window }: RateLimit): string {
  return `"${name}";q=${Math.floor(perSecond * window)};w=${window}`;
}

function leftOf(name: RateLimit['name'], { left, untilAll }: Allowance): string {
  return `"${name}";r=${left};t=${seconds(untilAll)}`;
}

function seconds(milliseconds: number): number {
  return Math.ceil(milliseconds / 1_000);
}
