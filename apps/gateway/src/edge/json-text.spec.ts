import { describe, expect, it } from '@jest/globals';
import type { Problem } from '@sillage/kernel';
import fc from 'fast-check';
import { readJson } from './json-text.js';

const bytes = (text: string) => new TextEncoder().encode(text);

/** Path and code of the one fault of a text that is refused. */
function faultIn(text: string): readonly unknown[] {
  try {
    readJson(bytes(text));
  } catch (problem) {
    return (problem as Problem).faults.flatMap(({ path, code }) => [path, code]);
  }
  throw new Error('the text was read');
}

describe('JSON', () => {
  it('is read as JSON.parse does when it says everything once', () => {
    fc.assert(
      fc.property(fc.json(), (text) => {
        fc.pre(!text.includes('__proto__') && !/\d{16}|e\+?\d/i.test(text));
        expect(readJson(bytes(text))).toEqual(JSON.parse(text));
      }),
    );
  });

  it.each([
    ['{"a":1,"a":2}', 'a'],
    ['{"a":1,"\\u0061":2}', 'a'],
    ['{"a":{"b":1,"c":{"d":":"},"b":2}}', 'a.b'],
    ['[{"a":1},{"a":[{"x":"\\"","y":1,"x":2}]}]', '[1].a[0].x'],
    ['{"a\\"b":1, "a\\"b" : 2}', 'a"b'],
    ['{"":1,"":2}', ''],
  ])('is refused with a name that is there twice: %s', (text, path) => {
    expect(faultIn(text)).toEqual([path, 'given-twice']);
  });

  it('may have the same name in two objects', () => {
    expect(readJson(bytes('[{"a":{"a":"a:a"}},{"a":1}]'))).toEqual([{ a: { a: 'a:a' } }, { a: 1 }]);
  });

  it.each([
    ['{"a":9007199254740993}', 'too-large'],
    ['{"a":1e999}', 'too-large'],
    ['{"a":-9007199254740992}', 'too-small'],
  ])('is refused with a whole number that would be changed: %s', (text, code) => {
    expect(faultIn(text)).toEqual(['a', code]);
  });

  it('is refused where it would reach for a prototype, however that is written', () => {
    expect(faultIn('{"a":{"__pr\\u006fto__":1}}')).toEqual(['a.__proto__', 'unknown-field']);
  });

  it('is refused at the 33rd level, also when there are a hundred thousand', () => {
    expect(readJson(bytes(`${'['.repeat(32)}${']'.repeat(32)}`))).toHaveLength(1);
    expect(faultIn(`${'['.repeat(33)}${']'.repeat(33)}`)).toEqual(['[0]'.repeat(32), 'too-deep']);
    expect(faultIn(`${'['.repeat(100_000)}${']'.repeat(100_000)}`)).toEqual(['[0]'.repeat(32), 'too-deep']);
  });
});
