import { createHash } from 'node:crypto';
import { v5, v7, validate } from 'uuid';
import { canonicalJson, type JsonValue } from './json.js';

/** Name space of every UUIDv5 that Sillage derives (RFC 9562). It must never change: ids already stored depend on it. */
const NAMESPACE = '5f0e4c1e-7c0b-5d8e-9b0a-2f6f3b1c9a4d';

/** A new identifier, ordered by time (UUIDv7). */
export function newId(): string {
  return v7();
}

export function isId(text: string): boolean {
  return validate(text);
}

/** The same identifier for the same parts (UUIDv5): what makes a repeated request meet its first result. */
export function derivedId(...parts: readonly (string | number)[]): string {
  return v5(JSON.stringify(parts), NAMESPACE);
}

/** What a request asked for, in 32 hexadecimal digits: equal for equal JSON, whatever the order of members. */
export function fingerprint(value: JsonValue): string {
  return digest(canonicalJson(value));
}

export function digest(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 32);
}
