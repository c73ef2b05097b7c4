import { fieldsOf } from '../fields/index.js';
import { PERSON_TYPES, RECORD_TYPE_NAMES, RECORD_TYPES, type RecordTypeName } from '../records/index.js';
import { REPORT_NAMES } from '../reports.js';

/** Whether records of a type belong to somebody: only then can a scope be narrower than all. */
export function isOwned(type: RecordTypeName): boolean {
  return fieldsOf(RECORD_TYPES[type].input).some(({ name }) => name === 'owner');
}

/** The words of the table that stand for several names each. */
export const WORDS: { readonly [word: string]: readonly string[] } = {
  records: RECORD_TYPE_NAMES.filter(isOwned),
  settings: RECORD_TYPE_NAMES.filter((type) => !isOwned(type)),
  persons: PERSON_TYPES,
  report: REPORT_NAMES,
};

/** The routes that one line of the table is about: `GET /v1/{records}` is `GET /v1/prospects` and others. */
export function routesOf(pattern: string): readonly string[] {
  const word = /\{(\w+)\}/g;
  const found = [...pattern.matchAll(word)].map(([, name = '']) => name).find((name) => Object.hasOwn(WORDS, name));
  if (found === undefined) return [pattern];
  return (WORDS[found] ?? []).map((name) => pattern.replace(`{${found}}`, name));
}
