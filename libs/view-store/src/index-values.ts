import { isJsonObject, type JsonObject, type JsonValue, toMinorUnits } from '@sillage/kernel';
import type { FieldKind, View } from './view.js';
import { addWords, fold } from './words.js';

/** What a document has in one field, as an adapter filters and sorts by it. */
export type IndexValue =
  /** Sorts by `folded`, then `text`. */
  | { readonly kind: 'keyword'; readonly text: string; readonly folded: string }
  | { readonly kind: 'reference' | 'instant' | 'date'; readonly text: string }
  /** Not looked into, except for words. */
  | { readonly kind: 'text' }
  | { readonly kind: 'number'; readonly number: number }
  /** `minor` in minor units of the currency. */
  | { readonly kind: 'money'; readonly currency: string; readonly minor: number }
  | { readonly kind: 'keywords'; readonly texts: readonly string[] }
  /** The keys that have a value, each with that value as text. */
  | { readonly kind: 'open'; readonly entries: readonly (readonly [key: string, text: string])[] };

export interface IndexValues {
  /** One for each declared field, in the order of `Object.keys(view.fields)`; undefined where there is no value. */
  readonly values: readonly (IndexValue | undefined)[];
  /** The distinct words of the searched fields. */
  readonly words: readonly string[];
}

/**
 * Prepares what every adapter indexes of a view's documents, so that all of them find and sort alike. A value that is
 * not of its field's kind, `null`, and a list or an object without anything in it count as no value.
 */
export function indexValues(view: View): (document: JsonObject) => IndexValues {
  const fields = Object.entries(view.fields).map(([path, { kind, searched = false }]) => ({
    path: path.split('.'),
    read: READERS[kind],
    searched,
  }));
  return (document) => {
    const found = new Set<string>();
    const values = fields.map(({ path, read, searched }) => {
      const json = valueAt(document, path);
      if (json === undefined || json === null) return undefined;
      if (searched) addWordsOf(json, found);
      return read(json);
    });
    return { values, words: [...found] };
  };
}

function valueAt(document: JsonObject, path: readonly string[]): JsonValue | undefined {
  let value: JsonValue | undefined = document;
  for (const name of path) {
    // Own members only: a field named `constructor` must not find what every object inherits.
    if (!isJsonObject(value) || !Object.hasOwn(value, name)) return undefined;
    value = value[name];
  }
  return value;
}

const READERS: { readonly [kind in FieldKind]: (json: JsonValue) => IndexValue | undefined } = {
  keyword: (json) => (typeof json === 'string' ? { kind: 'keyword', text: json, folded: fold(json) } : undefined),
  reference: (json) => (typeof json === 'string' ? { kind: 'reference', text: json } : undefined),
  instant: (json) => (typeof json === 'string' ? { kind: 'instant', text: json } : undefined),
  date: (json) => (typeof json === 'string' ? { kind: 'date', text: json } : undefined),
  text: (json) => (typeof json === 'string' ? { kind: 'text' } : undefined),
  number: (json) => (typeof json === 'number' ? { kind: 'number', number: json } : undefined),
  money: readMoney,
  keywords: readKeywords,
  open: readOpen,
};

function readMoney(json: JsonValue): IndexValue | undefined {
  if (!isJsonObject(json)) return undefined;
  const { value, currency } = json;
  if (typeof value !== 'string' || typeof currency !== 'string') return undefined;
  const minor = toMinorUnits({ value, currency });
  return Number.isSafeInteger(minor) ? { kind: 'money', currency, minor } : undefined;
}

function readKeywords(json: JsonValue): IndexValue | undefined {
  if (!Array.isArray(json)) return undefined;
  const texts = [...new Set(json.filter((element): element is string => typeof element === 'string'))];
  return texts.length === 0 ? undefined : { kind: 'keywords', texts };
}

function readOpen(json: JsonValue): IndexValue | undefined {
  if (!isJsonObject(json)) return undefined;
  const entries: [string, string][] = [];
  for (const [key, value] of Object.entries(json)) {
    if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean')
      entries.push([key, String(value)]);
  }
  return entries.length === 0 ? undefined : { kind: 'open', entries };
}

function addWordsOf(json: JsonValue, found: Set<string>): void {
  if (typeof json === 'string') addWords(json, found);
  else if (typeof json === 'object') {
    for (const member of Object.values(json ?? {})) if (typeof member === 'string') addWords(member, found);
  }
}
