import type { Fault, JsonObject, ProblemCode } from '@sillage/kernel';
import type { Catalogue } from './catalogue.js';
import { ENGLISH } from './english.js';
import { FRENCH } from './french.js';
import type { Language } from './language.js';
import { fill } from './template.js';

export const CATALOGUES: { readonly [L in Language]: Catalogue } = { en: ENGLISH, fr: FRENCH };

export function faultMessage({ code, params = {} }: Fault, language: Language): string {
  const { faults, expected } = CATALOGUES[language];
  const { expected: kind } = params;
  const known = typeof kind === 'string' && isExpected(kind, expected) ? fill(expected[kind], params) : kind;
  return fill(faults[code], known === undefined ? params : { ...params, expected: known });
}

export function problemTitle(code: ProblemCode, language: Language): string {
  return CATALOGUES[language].problems[code].title;
}

export function problemDetail(code: ProblemCode, params: JsonObject, language: Language): string {
  return fill(CATALOGUES[language].problems[code].detail, params);
}

function isExpected(kind: string, expected: Catalogue['expected']): kind is keyof Catalogue['expected'] {
  return Object.hasOwn(expected, kind);
}
