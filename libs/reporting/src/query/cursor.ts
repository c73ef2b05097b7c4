import { digest, Problem } from '@sillage/kernel';
import type { Filter, PageKey, Sort } from '@sillage/view-store';

/** What a page key continues; that of another question would continue nowhere. */
export interface Question {
  /** Name of the view. */
  readonly view: string;
  readonly filter: Filter;
  readonly sort: Sort;
}

/** The longest key that a cursor may hold: no adapter sorts by more values. */
const MOST_KEY_VALUES = 8;

/** Writes the key of a page's end as an opaque text, tied to the question (base64url of JSON). */
export function toCursor(question: Question, key: PageKey): string {
  return Buffer.from(JSON.stringify([fingerprintOf(question), ...key])).toString('base64url');
}

/** @throws Problem `invalid-cursor` when the text is no cursor, or that of another question. */
export function fromCursor(question: Question, cursor: string): PageKey {
  const [fingerprint, ...key] = decoded(cursor);
  if (fingerprint !== fingerprintOf(question) || key.length > MOST_KEY_VALUES || !key.every(isKeyValue)) {
    throw new Problem('invalid-cursor');
  }
  return key;
}

function decoded(cursor: string): readonly unknown[] {
  try {
    const value: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString());
    return Array.isArray(value) ? value : [];
  } catch {
    return [];
  }
}

function isKeyValue(value: unknown): value is string | number | null {
  return value === null || typeof value === 'string' || typeof value === 'number';
}

/** The order in which conditions were given does not matter. */
function fingerprintOf({ view, filter, sort }: Question): string {
  const { tenant, conditions, words, deleted } = filter;
  const sorted = conditions.map((condition) => JSON.stringify(condition)).sort();
  return digest(JSON.stringify([view, tenant, sorted, words, deleted, sort.field, sort.descending]));
}
