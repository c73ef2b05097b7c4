import { describe, expect, it } from '@jest/globals';
import { languageOf } from './language.js';

describe('the language of an answer', () => {
  it.each([
    [undefined, 'en'],
    ['', 'en'],
    ['*', 'en'],
    ['fr', 'fr'],
    ['FR', 'fr'],
    ['fr-CA', 'fr'],
    ['de, fr;q=0.8, en;q=0.7', 'fr'],
    ['en;q=0.5, fr;q=0.9', 'fr'],
    ['fr;q=0.5, en-GB;q=0.9', 'en'],
    ['fr;q=0, *', 'en'],
    ['en;q=0, *', 'fr'],
    ['de, ja', 'en'],
    ['fr;q=abc', 'en'],
    [';;,,=,q', 'en'],
  ] as const)('%p is answered in %s', (header, language) => {
    expect(languageOf(header)).toBe(language);
  });
});
