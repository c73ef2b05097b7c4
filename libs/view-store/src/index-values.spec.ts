import { describe, expect, it } from '@jest/globals';
import type { JsonObject, JsonValue } from '@sillage/kernel';
import { indexValues } from './index-values.js';
import type { FieldKind } from './view.js';

/** What is indexed of a document with this value in its only field. */
function indexed(kind: FieldKind, value: JsonValue, { searched = false } = {}) {
  const { values, words } = indexValues({ name: 'v', fields: { 'a.b': { kind, searched } } })({ a: { b: value } });
  return { value: values[0], words };
}

describe('the indexed value', () => {
  it.each([
    ['keyword', 'Łódź', { kind: 'keyword', text: 'Łódź', folded: 'lodz' }],
    ['reference', 'x', { kind: 'reference', text: 'x' }],
    ['instant', '2026-03-01T08:00:00.000Z', { kind: 'instant', text: '2026-03-01T08:00:00.000Z' }],
    ['date', '2026-03-01', { kind: 'date', text: '2026-03-01' }],
    ['text', 'long', { kind: 'text' }],
    ['number', 1.5, { kind: 'number', number: 1.5 }],
    ['money', { value: '10.5', currency: 'EUR' }, { kind: 'money', currency: 'EUR', minor: 1050 }],
    ['money', { value: '10', currency: 'JPY' }, { kind: 'money', currency: 'JPY', minor: 10 }],
    ['keywords', ['a', 'b', 'a', 1, null], { kind: 'keywords', texts: ['a', 'b'] }],
    [
      'open',
      { a: 'x', b: 1.5, c: true, d: null, e: {} },
      {
        kind: 'open',
        entries: [
          ['a', 'x'],
          ['b', '1.5'],
          ['c', 'true'],
        ],
      },
    ],
  ] as const)('of %s %j', (kind, value, expected) => {
    expect(indexed(kind, value).value).toEqual(expected);
  });

  it.each([
    ['keyword', 1],
    ['number', '1'],
    ['money', { value: 'much', currency: 'EUR' }],
    ['money', { value: '1' }],
    ['money', '1 EUR'],
    ['keywords', 'a'],
    ['keywords', []],
    ['open', {}],
    ['open', { a: null }],
    ['open', ['a']],
    ['text', null],
  ] as const)('of %s %j is none', (kind, value) => {
    expect(indexed(kind, value).value).toBeUndefined();
  });

  it('is looked for in own members only', () => {
    const inherited: readonly JsonObject[] = [{}, { a: 'text' }, { a: [] }, { a: null }];
    const fields = { constructor: { kind: 'text' }, 'a.length': { kind: 'number' } } as const;
    const values = indexValues({ name: 'v', fields });
    for (const document of inherited) expect(values(document).values).toEqual([undefined, undefined]);
  });
});

describe('the words of a document', () => {
  it('are those of its searched fields, each once', () => {
    expect(indexed('keyword', 'Jane Doe Jane', { searched: true }).words).toEqual(['jane', 'doe']);
    expect(indexed('keyword', 'Jane').words).toEqual([]);
  });

  it('are those of each keyword, and of the texts under open keys', () => {
    expect(indexed('keywords', ['a b', 'b c', 1], { searched: true }).words).toEqual(['a', 'b', 'c']);
    expect(indexed('open', { key: 'x y', other: 5 }, { searched: true }).words).toEqual(['x', 'y']);
  });
});
