import { digest } from '@sillage/kernel';
import type { IndexValues } from './index-values.js';
import type { IndexedField } from './indexed-field.js';

/**
 * The tokens by which an index finds a document; what they begin with tells the sorts apart:
 *
 *     jane        a word
 *     <j  <jan    the first letter and the first three letters of a word
 *     =5=open     field 5 has this value, or this value among others
 *     =6.size=xl  field 6 is open, and its key has this value
 *     ?6.size     field 6 is open, and its key has some value
 *     !5          field 5 has no value
 */
export class Terms {
  /** @param prefix stands before every token: where one index holds tokens of several, it keeps them apart. */
  constructor(protected readonly prefix = '') {}

  word(word: string): string {
    return this.prefix + escaped(word);
  }

  /** The beginning of words: exactly so many characters as were stored. */
  beginning(characters: string): string {
    return `${this.prefix}<${escaped(characters)}`;
  }

  value(field: IndexedField, text: string): string {
    return `${this.prefix}=${field.code}=${bounded(text)}`;
  }

  openValue(field: IndexedField, key: string, text: string): string {
    return `${this.prefix}=${field.code}.${bounded(key)}=${bounded(text)}`;
  }

  openKey(field: IndexedField, key: string): string {
    return `${this.prefix}?${field.code}.${bounded(key)}`;
  }

  absent(field: IndexedField): string {
    return `${this.prefix}!${field.code}`;
  }
}

/** How many characters of a word have a token of their own. The others are looked up among the words themselves. */
export const BEGINNINGS = [1, 3] as const;

/** The tokens of a document. */
export function tokensOf(fields: readonly IndexedField[], terms: Terms, { values, words }: IndexValues): string[] {
  const tokens: string[] = [];
  const beginnings = new Set<string>();
  for (const word of words) {
    tokens.push(terms.word(word));
    for (const length of BEGINNINGS) {
      const beginning = firstCharacters(word, length);
      if (beginning !== undefined) beginnings.add(beginning);
    }
  }
  for (const beginning of beginnings) tokens.push(terms.beginning(beginning));
  for (const field of fields) {
    const value = values[field.number];
    switch (value?.kind) {
      case undefined:
        if (absenceIsATerm(field)) tokens.push(terms.absent(field));
        break;
      case 'keyword':
      case 'reference':
        tokens.push(terms.value(field, value.text));
        break;
      case 'keywords':
        for (const text of value.texts) tokens.push(terms.value(field, text));
        break;
      case 'open':
        for (const [key, text] of value.entries)
          tokens.push(terms.openKey(field, key), terms.openValue(field, key, text));
        break;
    }
  }
  return tokens;
}

/** True unless the index of the field's order tells as fast which documents have no value. */
export function absenceIsATerm({ kind, index }: IndexedField): boolean {
  return index === undefined || kind === 'keyword' || kind === 'reference';
}

/** The first characters (code points) of a word; undefined when it has fewer. */
function firstCharacters(word: string, length: number): string | undefined {
  if (word.length < length) return undefined;
  if (ASCII.test(word)) return word.slice(0, length);
  const characters = Array.from(word);
  return characters.length < length ? undefined : characters.slice(0, length).join('');
}

/** Whether a text has exactly so many characters (code points). */
export function isOfLength(text: string, characters: number): boolean {
  return firstCharacters(text, characters) === text;
}

const ASCII = /^[\0-\x7f]*$/;
/** What some tokenizer splits at or changes, or has a meaning above. Letters beyond ASCII are left alone. */
const NOT_PLAIN = /[^a-z0-9@_.\x80-\uffff-]/g;
const LONGEST_TOKEN = 100;

/** Values that were escaped lately: most come again with the next document. Some 300 kB. */
const MOST_REMEMBERED = 2_000;
const remembered = new Map<string, string>();

function escaped(text: string): string {
  if (isPlain(text)) return text;
  const known = remembered.get(text);
  if (known !== undefined) return known;
  const token = text.replace(NOT_PLAIN, (character) => `%${character.charCodeAt(0).toString(16).padStart(2, '0')}`);
  if (text.length > LONGEST_TOKEN) return token;
  if (remembered.size === MOST_REMEMBERED) remembered.clear();
  remembered.set(text, token);
  return token;
}

/** Most words and ids are; a regular expression takes twice as long to say so. */
function isPlain(text: string): boolean {
  for (let index = 0; index < text.length; index += 1) {
    const code = text.charCodeAt(index);
    const isLetter = code >= 0x61 && code <= 0x7a;
    const isDigit = code >= 0x30 && code <= 0x39;
    if (!isLetter && !isDigit && code !== 0x2d && code !== 0x2e && code !== 0x40 && code !== 0x5f && code < 0x80)
      return false;
  }
  return true;
}

/** Long texts are found by their hash: tokens stay short, and equal where the texts are. No escape begins with `%%`. */
function bounded(text: string): string {
  const token = escaped(text);
  return token.length <= LONGEST_TOKEN ? token : `%%${digest(text)}`;
}
