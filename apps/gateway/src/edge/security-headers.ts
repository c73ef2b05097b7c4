import type { PublicTls } from '@sillage/platform';

/**
 * What every answer tells browsers: an answer of the API is data, never a page, a script or a part of another site's.
 * These are the headers of OWASP's REST Security Cheat Sheet, a constant that costs nothing where a library would set
 * each on each answer. `/docs`, which is a page, has a policy of its own.
 */
export const SECURITY_HEADERS = {
  'x-content-type-options': 'nosniff',
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
  'x-frame-options': 'DENY',
  'referrer-policy': 'no-referrer',
  'cross-origin-resource-policy': 'same-origin',
  // What is asked for with a token is about persons: it stays in no cache, be it a browser's own.
  'cache-control': 'no-store',
} as const;

/** With TLS, browsers are held to it for a year (RFC 6797). Not for names below ours, of which a Sillage knows nothing. */
export function securityHeaders({ by }: PublicTls): { readonly [name: string]: string } {
  if (by === 'nobody') return SECURITY_HEADERS;
  return { ...SECURITY_HEADERS, 'strict-transport-security': 'max-age=31536000' };
}
