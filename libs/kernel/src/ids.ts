import { hash } from 'node:crypto';
import { v7, validate } from 'uuid';
import { canonicalJson, type JsonValue } from './json.js';

/** Name space of every UUIDv5 that Sillage derives (RFC 9562). It must never change: ids already stored depend on it. */
const NAMESPACE = Buffer.from('5f0e4c1e7c0b5d8e9b0a2f6f3b1c9a4d', 'hex');

/** A new identifier, ordered by time (UUIDv7). */
export function newId(): string {
  return v7();
}

export function isId(text: string): boolean {
  return validate(text);
}

/**
 * The same identifier for the same parts (UUIDv5): what makes a repeated request meet its first result. Written out
 * here because a create derives four of them, and the uuid package takes several times as long for each.
 */
export function derivedId(...parts: readonly (string | number)[]): string {
  const name = Buffer.concat([NAMESPACE, Buffer.from(JSON.stringify(parts))]);
  const digits = hash('sha1', name, 'hex');
  const variant = ((Number.parseInt(digits.charAt(16), 16) & 0x3) | 0x8).toString(16);
  return `${digits.slice(0, 8)}-${digits.slice(8, 12)}-5${digits.slice(13, 16)}-${variant}${digits.slice(17, 20)}-${digits.slice(20, 32)}`;
}

/** What a request asked for, in 32 hexadecimal digits: equal for equal JSON, whatever the order of members. */
export function fingerprint(value: JsonValue): string {
  return digest(canonicalJson(value));
}

export function digest(text: string): string {
  return hash('sha256', text, 'hex').slice(0, 32);
}
