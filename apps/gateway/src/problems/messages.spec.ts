import { describe, expect, it } from '@jest/globals';
import { fault } from '@sillage/kernel';
import type { Catalogue } from './catalogue.js';
import { CATALOGUES, faultMessage } from './messages.js';
import { namesIn, type Template } from './template.js';

/** Every template of a language by where it stands. */
function templates({ problems, faults, expected }: Catalogue): readonly (readonly [string, Template])[] {
  return [
    ...Object.entries(problems).map(([code, { detail }]) => [`detail of ${code}`, detail] as const),
    ...Object.entries(faults).map(([code, template]) => [`fault ${code}`, template] as const),
    ...Object.entries(expected).map(([kind, template]) => [`expected ${kind}`, template] as const),
  ];
}

describe('the messages', () => {
  it('need the same names in every language, variant by variant', () => {
    const names = (catalogue: Catalogue) =>
      templates(catalogue).map(([where, template]) => [
        where,
        [template].flat().map((text) => [...namesIn(text)].sort()),
      ]);
    expect(names(CATALOGUES.fr)).toEqual(names(CATALOGUES.en));
  });

  it.each(['en', 'fr'] as const)('have a variant that needs nothing (%s)', (language) => {
    const needy = templates(CATALOGUES[language]).filter(
      ([, template]) => namesIn([template].flat().at(-1) ?? '').length > 0,
    );
    expect(needy).toEqual([]);
  });

  it('say as much as is known', () => {
    const stages = 'new, won';
    const message = (params: Parameters<typeof fault>[2]) =>
      faultMessage(fault('stage', 'unknown-stage', params), 'en');
    expect(message({ stage: 'odd', stages })).toBe('The pipeline has no stage odd; its stages: new, won');
    expect(message({ stage: null, stages })).toBe('The pipeline has no open stage; its stages: new, won');
    expect(message({})).toBe('The pipeline has no such stage');
  });

  it('name the type that a value should have', () => {
    const wrong = (expected: string, more = {}) => fault('x', 'wrong-type', { expected, ...more });
    expect(faultMessage(wrong('keywords'), 'en')).toBe('Must be a list of texts');
    expect(faultMessage(wrong('keywords'), 'fr')).toBe('Doit être une liste de textes');
    expect(faultMessage(wrong('number', { decimals: 2 }), 'en')).toBe('Must be a number with at most 2 decimals');
    expect(faultMessage(wrong('toString'), 'en')).toBe('Must be toString');
    expect(faultMessage(fault('x', 'wrong-type'), 'en')).toBe('Has the wrong type');
  });

  it('take values as they are, whatever they look like', () => {
    expect(faultMessage(fault('stages[1].key', 'duplicate', { value: '$& {value}' }), 'en')).toBe(
      '$& {value} occurs more than once',
    );
  });
});
