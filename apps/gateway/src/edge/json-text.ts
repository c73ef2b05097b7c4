import { fault, type JsonValue, notUnderstood, Problem } from '@sillage/kernel';
import { repeatedName } from './repeated-name.js';

const MOST_NESTED = 32;

const utf8 = new TextDecoder('utf-8', { fatal: true });

/**
 * Reads JSON in UTF-8, at most 32 levels deep, and nothing that another reader could understand in another way: no name
 * twice in an object (RFC 8259, section 4), no whole number that a double cannot hold (section 6), no `__proto__`.
 * @throws Problem naming what is wrong.
 */
export function readJson(body: Uint8Array): JsonValue {
  const text = decoded(body);
  const value = parsed(text);
  // A name that is repeated is lost in the value, so that it has fewer names than the text.
  if (checkedNames(value, '', 1) !== namesIn(body)) throw notUnderstood(fault(repeatedName(text), 'given-twice'));
  return value;
}

function decoded(body: Uint8Array): string {
  try {
    return utf8.decode(body);
  } catch {
    throw new Problem('malformed-json');
  }
}

function parsed(text: string): JsonValue {
  try {
    return JSON.parse(text) as JsonValue;
  } catch {
    throw new Problem('malformed-json');
  }
}

/** Refuses what is a trick or would be changed in silence; gives the number of names in all objects. */
function checkedNames(value: JsonValue, path: string, depth: number): number {
  if (typeof value === 'number') checkNumber(value, path);
  if (typeof value !== 'object' || value === null) return 0;
  if (depth > MOST_NESTED) throw notUnderstood(fault(path, 'too-deep', { limit: MOST_NESTED }));
  if (Array.isArray(value)) {
    return value.reduce<number>((sum, item, index) => sum + checkedNames(item, `${path}[${index}]`, depth + 1), 0);
  }
  let names = 0;
  for (const [name, inner] of Object.entries(value)) {
    const at = path === '' ? name : `${path}.${name}`;
    if (name === '__proto__') throw notUnderstood(fault(at, 'unknown-field'));
    names += 1 + checkedNames(inner, at, depth + 1);
  }
  return names;
}

function checkNumber(value: number, path: string): void {
  if (Number.isSafeInteger(value) || (Number.isFinite(value) && !Number.isInteger(value))) return;
  const most = Number.MAX_SAFE_INTEGER;
  throw notUnderstood(
    value > 0 ? fault(path, 'too-large', { maximum: most }) : fault(path, 'too-small', { minimum: -most }),
  );
}

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const COLON = 0x3a;

/** The number of names in text that is known to be JSON: of colons outside strings. */
function namesIn(json: Uint8Array): number {
  let names = 0;
  let isString = false;
  for (let at = 0; at < json.length; at += 1) {
    const byte = json[at];
    if (byte === QUOTE) isString = !isString;
    else if (!isString && byte === COLON) names += 1;
    else if (isString && byte === BACKSLASH) at += 1;
  }
  return names;
}
