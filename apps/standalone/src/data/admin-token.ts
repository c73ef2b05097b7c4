import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import type { Authenticator, Identity } from '@sillage/gateway';

/** The one tenant of the embedded profile. */
export const TENANT = 'default';

const ADMINISTRATOR: Identity = { tenant: TENANT, actor: 'administrator' };

/** The administrator's token, made on first start and readable by its owner only. */
export function adminToken(file: string): string {
  if (!existsSync(file))
    writeFileSync(file, `sillage_${randomBytes(32).toString('base64url')}\n`, { mode: 0o600, flag: 'wx' });
  return readFileSync(file, 'utf8').trim();
}

/** Knows one token. Compares digests in constant time, so that an answer's timing tells nothing of the token. */
export function tokenAuthenticator(token: string): Authenticator {
  const known = digest(token);
  return {
    authenticate: async (given) => (timingSafeEqual(digest(given), known) ? ADMINISTRATOR : undefined),
  };
}

function digest(token: string): Buffer {
  return createHash('sha256').update(token).digest();
}
