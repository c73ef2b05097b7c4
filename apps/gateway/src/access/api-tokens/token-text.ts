import { hash, randomBytes } from 'node:crypto';
import { crc32 } from 'node:zlib';

/** A token is this, 256 random bits and a checksum of those, so that scanners for leaked secrets know it for sure. */
const FORM = /^sil_([0-9a-f]{64})([0-9a-f]{8})$/;

/** A new token, which nobody guesses. */
export function newTokenText(): string {
  const secret = randomBytes(32).toString('hex');
  return `sil_${secret}${checksum(secret)}`;
}

/** Whether it has the form of a token that Sillage gives out; one that was mistyped or cut has not. */
export function isTokenText(text: string): boolean {
  const [, secret, sum] = FORM.exec(text) ?? [];
  return secret !== undefined && checksum(secret) === sum;
}

/**
 * What is kept of a token. No slow hash, as for a password, is needed: nobody tries 2^256 secrets. Being looked up by
 * it, a token's own characters are never compared, so the time that takes tells nothing of them.
 */
export function tokenHash(text: string): string {
  return hash('sha256', text, 'hex');
}

function checksum(secret: string): string {
  return crc32(secret).toString(16).padStart(8, '0');
}
