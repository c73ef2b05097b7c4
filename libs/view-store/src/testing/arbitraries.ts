import type { JsonObject } from '@sillage/kernel';
import fc from 'fast-check';
import type { Condition, Sort } from '../query.js';
import { DEALS } from './samples.js';

// Few values of everything, so that generated deals have much in common and generated conditions often hold.
const KEYWORDS = ['ann', 'Ann', 'Änn', 'bob', 'b', '渋谷', ''] as const;
const IDS = ['c1', 'c2', 'C1'] as const;
const NUMBERS = [-1.5, 0, 1, 10, 1e20] as const;
const DATES = ['1969-12-31', '1970-01-01', '2026-03-01', '2026-03-02'] as const;
const INSTANTS = ['1969-12-31T23:59:59.999Z', '2026-03-01T08:00:00.000Z', '2026-03-01T08:00:00.001Z'] as const;
const CURRENCIES = ['EUR', 'USD', 'JPY'] as const;
const AMOUNTS = ['0', '5', '10'] as const;
const MINOR_UNITS = [0, 5, 10, 500, 1_000] as const;
const TEXTS = ['Jane Doe', 'jan 渋谷', 'acme', 'Acme Straße 12', '+33 1 23 45 67 89', ''] as const;
const WORDS = ['j', 'ja', 'jan', 'jane', 'd', 'ac', 'acme', 'strasse', '1', '12', 'se', 'shibuya', 'zz'] as const;

const maybe = <T>(values: readonly T[]) => fc.option(fc.constantFrom(...values), { freq: 3 });
const money = () =>
  fc.option(fc.record({ value: fc.constantFrom(...AMOUNTS), currency: fc.constantFrom(...CURRENCIES) }));

/** The fields of a deal. */
export const aDealsFields: fc.Arbitrary<JsonObject> = fc.record({
  createdAt: fc.constantFrom(...INSTANTS),
  name: maybe([...KEYWORDS, ...TEXTS]),
  notes: maybe(TEXTS),
  owner: maybe(KEYWORDS),
  source: maybe(KEYWORDS),
  accountId: maybe(IDS),
  clientId: maybe(IDS),
  amount: money(),
  cost: money(),
  probability: maybe(NUMBERS),
  score: maybe(NUMBERS),
  updatedAt: maybe(INSTANTS),
  seenAt: maybe(INSTANTS),
  closeDate: maybe(DATES),
  startDate: maybe(DATES),
  tags: fc.uniqueArray(fc.constantFrom(...KEYWORDS, ...TEXTS), { maxLength: 2 }),
  custom: fc.dictionary(fc.constantFrom('size', 'a.b', 'c'), fc.constantFrom(...TEXTS), { maxKeys: 2 }),
  address: fc.record({ city: fc.constantFrom(...KEYWORDS) }, { requiredKeys: [] }),
});

const VALUES = {
  keyword: [...KEYWORDS, ...TEXTS],
  reference: IDS,
  keywords: [...KEYWORDS, ...TEXTS],
  open: TEXTS,
  text: TEXTS,
  number: NUMBERS,
  instant: INSTANTS,
  date: DATES,
  money: MINOR_UNITS,
} as const;

const FIELDS = Object.entries(DEALS.fields);

function conditionOn(
  field: string,
  values: readonly (string | number)[],
  operators: 'all' | 'equality',
): fc.Arbitrary<Condition> {
  const lists = fc.record({
    field: fc.constant(field),
    operator: fc.constantFrom('in' as const, 'not-in' as const),
    values: fc.uniqueArray(fc.constantFrom(...values), { maxLength: 3 }),
  });
  const existence = fc.record({
    field: fc.constant(field),
    operator: fc.constant('exists' as const),
    value: fc.boolean(),
  });
  const comparison = fc.record({
    field: fc.constant(field),
    operator: fc.constantFrom('gt' as const, 'gte' as const, 'lt' as const, 'lte' as const),
    value: fc.constantFrom(...values),
  });
  return operators === 'all' ? fc.oneof(lists, existence, comparison) : fc.oneof(lists, existence);
}

/** A condition that the view of deals declares. */
export const aCondition: fc.Arbitrary<Condition> = fc.constantFrom(...FIELDS).chain(([path, { kind }]) => {
  switch (kind) {
    case 'text':
      return fc.record({ field: fc.constant(path), operator: fc.constant('exists' as const), value: fc.boolean() });
    case 'open':
      return fc
        .constantFrom('size', 'a.b', 'none')
        .chain((key) => conditionOn(`${path}.${key}`, VALUES.open, 'equality'));
    case 'keyword':
    case 'reference':
    case 'keywords':
      return conditionOn(path, VALUES[kind], 'equality');
    case 'money':
      return fc.oneof(conditionOn(path, VALUES.money, 'all'), conditionOn(`${path}.currency`, CURRENCIES, 'equality'));
    default:
      return conditionOn(path, VALUES[kind], 'all');
  }
});

export const someWords: fc.Arbitrary<readonly string[]> = fc.uniqueArray(fc.constantFrom(...WORDS), { maxLength: 2 });

export const aSort: fc.Arbitrary<Sort> = fc.record({
  field: fc.constantFrom(...FIELDS.flatMap(([path, field]) => ('sortable' in field ? [path] : []))),
  descending: fc.boolean(),
});
