import { type ExpectedRevision, fault, notUnderstood, Problem } from '@sillage/kernel';
import type { FastifyRequest } from 'fastify';

/** The revision that `If-Match` expects; anything but one strong ETag of ours or `*` is not understood. */
export function expectedRevision(request: FastifyRequest): ExpectedRevision {
  const text = request.headers['if-match'];
  if (text === undefined) throw new Problem('if-match-required');
  return revisionIn(text, 'If-Match');
}

/** Reads an ETag such as `"3"`, or `*`. */
export function revisionIn(text: string, path: string): ExpectedRevision {
  if (text.trim() === '*') return 'any';
  const digits = /^"(\d{1,15})"$/.exec(text.trim())?.[1];
  if (digits === undefined) throw notUnderstood(fault(path, 'wrong-form', { expected: '"<revision>"' }));
  return Number(digits);
}

/** The Idempotency-Key, if one was given: 1 to 200 visible ASCII characters. */
export function idempotencyKey(request: FastifyRequest): string | undefined {
  const key = request.headers['idempotency-key'];
  if (key === undefined) return undefined;
  return checkedKey(Array.isArray(key) ? key.join() : key, 'Idempotency-Key');
}

export function checkedKey(key: string, path: string): string {
  if (!/^[\x21-\x7e]{1,200}$/.test(key)) throw notUnderstood(fault(path, 'wrong-form', { limit: 200 }));
  return key;
}

/** The position that a read is to wait for. */
export function waitFor(request: FastifyRequest): number | undefined {
  const token = request.headers['sillage-wait-for'];
  if (token === undefined) return undefined;
  if (typeof token !== 'string' || !/^\d{1,16}$/.test(token) || !Number.isSafeInteger(Number(token))) {
    throw notUnderstood(fault('Sillage-Wait-For', 'wrong-form'));
  }
  return Number(token);
}
