import { describe, expect, it } from '@jest/globals';
import { type Fault, Problem } from '@sillage/kernel';
import { parameters } from '../testing/views-of.js';
import { RECORD_VIEWS } from '../views/record-views.js';
import { toCursor } from './cursor.js';
import { parseListQuery } from './list-query.js';

type RecordType = keyof typeof RECORD_VIEWS;

describe('the parameters of a list', () => {
  it('ask for the fifty newest records that are not deleted, unless they say otherwise', () => {
    expect(parse('opportunities', '').query).toEqual({
      tenant: 'acme',
      conditions: [],
      words: [],
      deleted: false,
      sort: { field: 'createdAt', descending: true },
      limit: 50,
    });
  });

  it('mean any of the values of a field that is repeated, and none of those of .ne', () => {
    expect(conditions('opportunities', 'stage=won&stage=lost&stage=won')).toEqual([
      { field: 'stage', operator: 'in', values: ['lost', 'won'] },
    ]);
    expect(conditions('accounts', 'owner.ne=Ana&owner.ne=Zoe')).toEqual([
      { field: 'owner', operator: 'not-in', values: ['Ana', 'Zoe'] },
    ]);
  });

  it('compare numbers, dates and instants', () => {
    expect(conditions('opportunities', 'probability.gte=12.5&expectedCloseDate.lt=2026-03-01')).toEqual([
      { field: 'probability', operator: 'gte', value: 12.5 },
      { field: 'expectedCloseDate', operator: 'lt', value: '2026-03-01' },
    ]);
    expect(conditions('interactions', 'date.gt=2026-03-01T10:00:00%2B02:00')).toEqual([
      { field: 'date', operator: 'gt', value: '2026-03-01T08:00:00.000Z' },
    ]);
  });

  it.each([
    ['date.gte=2026-03-01', [{ field: 'date', operator: 'gte', value: '2026-03-01T00:00:00.000Z' }]],
    ['date.lt=2026-03-01', [{ field: 'date', operator: 'lt', value: '2026-03-01T00:00:00.000Z' }]],
    ['date.gt=2026-03-01', [{ field: 'date', operator: 'gt', value: '2026-03-01T23:59:59.999Z' }]],
    ['date.lte=2026-03-01', [{ field: 'date', operator: 'lte', value: '2026-03-01T23:59:59.999Z' }]],
    [
      'date=2026-03-01',
      [
        { field: 'date', operator: 'gte', value: '2026-03-01T00:00:00.000Z' },
        { field: 'date', operator: 'lte', value: '2026-03-01T23:59:59.999Z' },
      ],
    ],
  ])('take a date for the whole of that day, where an instant is compared: %s', (query, expected) => {
    expect(conditions('interactions', query)).toEqual(expected);
  });

  it('compare amounts in units of the currency that stands beside them', () => {
    expect(conditions('opportunities', 'amount.gte=1000&amount.lt=2000.50&amount.currency=EUR')).toEqual([
      { field: 'amount', operator: 'gte', value: 100_000 },
      { field: 'amount', operator: 'lt', value: 200_050 },
      { field: 'amount.currency', operator: 'in', values: ['EUR'] },
    ]);
    expect(conditions('accounts', 'annualRevenue=1000&annualRevenue.currency=JPY')).toContainEqual({
      field: 'annualRevenue',
      operator: 'in',
      values: [1_000],
    });
  });

  it('reach into objects and under free keys', () => {
    expect(conditions('clients', 'address.city=Lyon&custom.size.gte=xl&tags=vip')).toEqual([
      { field: 'address.city', operator: 'in', values: ['Lyon'] },
      { field: 'custom.size.gte', operator: 'in', values: ['xl'] },
      { field: 'tags', operator: 'in', values: ['vip'] },
    ]);
  });

  it('ask whether there is a value', () => {
    expect(conditions('interactions', 'notes.exists=true&clientId.exists=false')).toEqual([
      { field: 'notes', operator: 'exists', value: true },
      { field: 'clientId', operator: 'exists', value: false },
    ]);
  });

  it('search by folded words', () => {
    expect(parse('clients', 'q=Zoë+ÅNG').query.words).toEqual(['zoe', 'ang']);
    expect(parse('clients', 'q=').query.words).toEqual([]);
  });

  it('sort, limit, count, and ask for the deleted', () => {
    expect(parse('opportunities', 'sort=amount&limit=200&count=true&deleted=true')).toMatchObject({
      query: { sort: { field: 'amount', descending: false }, limit: 200, deleted: true },
      count: true,
    });
  });

  it.each<[string, RecordType, Omit<Fault, 'params'>]>([
    ['colour=red', 'accounts', { path: 'colour', code: 'unknown-parameter' }],
    ['constructor=x', 'accounts', { path: 'constructor', code: 'unknown-parameter' }],
    ['__proto__=x', 'accounts', { path: '__proto__', code: 'unknown-parameter' }],
    ['colour.gte=1', 'accounts', { path: 'colour.gte', code: 'unknown-field' }],
    ['stages=x', 'pipelines', { path: 'stages', code: 'unknown-parameter' }],
    ['address=Lyon', 'accounts', { path: 'address', code: 'unknown-parameter' }],
    ['custom=x', 'accounts', { path: 'custom', code: 'unknown-field' }],
    ['name.like=x', 'accounts', { path: 'name.like', code: 'unknown-operator' }],
    ['name.gt=x', 'accounts', { path: 'name.gt', code: 'unknown-operator' }],
    ['name.eq=x', 'accounts', { path: 'name.eq', code: 'unknown-operator' }],
    ['notes=x', 'prospects', { path: 'notes', code: 'unknown-operator' }],
    ['name.exists=maybe', 'accounts', { path: 'name.exists', code: 'not-in-set' }],
    ['employees.gt=1&employees.gt=2', 'accounts', { path: 'employees.gt', code: 'given-twice' }],
    ['employees=many', 'accounts', { path: 'employees', code: 'wrong-type' }],
    ['employees=1e3', 'accounts', { path: 'employees', code: 'wrong-type' }],
    ['expectedCloseDate=2026-02-30', 'opportunities', { path: 'expectedCloseDate', code: 'not-a-date' }],
    ['date.gt=yesterday', 'interactions', { path: 'date.gt', code: 'not-an-instant' }],
    ['date.ne=2026-03-01', 'interactions', { path: 'date.ne', code: 'not-an-instant' }],
    ['clientId=7', 'interactions', { path: 'clientId', code: 'wrong-form' }],
    ['kind=fax', 'interactions', { path: 'kind', code: 'not-in-set' }],
    ['name=a%00b', 'accounts', { path: 'name', code: 'wrong-form' }],
    ['amount.gte=10', 'opportunities', { path: 'amount.gte', code: 'currency-required' }],
    [
      'amount.gte=10&amount.currency=EUR&amount.currency=USD',
      'opportunities',
      { path: 'amount.gte', code: 'currency-required' },
    ],
    ['amount.currency=EURO', 'opportunities', { path: 'amount.currency', code: 'unknown-currency' }],
    ['amount.gte=1.234&amount.currency=EUR', 'opportunities', { path: 'amount.gte', code: 'too-many-decimals' }],
    ['amount.gte=-1&amount.currency=EUR', 'opportunities', { path: 'amount.gte', code: 'not-a-decimal' }],
    ['sort=colour', 'accounts', { path: 'sort', code: 'unknown-field' }],
    ['sort=-phone', 'accounts', { path: 'sort', code: 'not-sortable' }],
    ['sort=name&sort=owner', 'accounts', { path: 'sort', code: 'given-twice' }],
    ['limit=0', 'accounts', { path: 'limit', code: 'too-small' }],
    ['limit=201', 'accounts', { path: 'limit', code: 'too-large' }],
    ['limit=ten', 'accounts', { path: 'limit', code: 'wrong-type' }],
    ['limit=1.5', 'accounts', { path: 'limit', code: 'wrong-type' }],
    ['deleted=yes', 'accounts', { path: 'deleted', code: 'not-in-set' }],
    ['count=1', 'accounts', { path: 'count', code: 'not-in-set' }],
    ['q=a&q=b', 'accounts', { path: 'q', code: 'given-twice' }],
  ])('are refused by name when they are not understood: %s', (query, type, fault) => {
    expect(refusal(type, query)).toMatchObject({ code: 'validation-failed', faults: [fault] });
  });

  it('are refused with everything that is wrong at once', () => {
    const { faults } = refusal('accounts', 'colour=red&limit=0&sort=x');
    expect(faults.map(({ path }) => path)).toEqual(['colour', 'sort', 'limit']);
  });
});

describe('a cursor', () => {
  const cursor = toCursor(parse('accounts', 'owner=Ana&industry=retail').question, ['2026', 7, null]);

  it('continues the same question, in whatever order its parameters are given', () => {
    const { query } = parse('accounts', `industry=retail&owner=Ana&limit=7&cursor=${cursor}`);
    expect(query.after).toEqual(['2026', 7, null]);
  });

  it.each([
    ['another filter', 'accounts', `owner=Zoe&cursor=${cursor}`],
    ['another order', 'accounts', `owner=Ana&industry=retail&sort=name&cursor=${cursor}`],
    ['another type', 'clients', `owner=Ana&cursor=${cursor}`],
    ['something that is no cursor', 'accounts', 'cursor=%C3%A9'],
    ['JSON that is no cursor', 'accounts', `cursor=${Buffer.from('{}').toString('base64url')}`],
    ['nothing', 'accounts', 'cursor='],
  ] as const)('is refused with %s', (_, type, query) => {
    expect(refusal(type, query)).toMatchObject({ code: 'invalid-cursor' });
  });

  it('is refused by another tenant', () => {
    const query = parameters(`owner=Ana&industry=retail&cursor=${cursor}`);
    expect(() => parseListQuery(RECORD_VIEWS.accounts, 'globex', query)).toThrow('invalid-cursor');
  });
});

function parse(type: RecordType, query: string) {
  return parseListQuery(RECORD_VIEWS[type], 'acme', parameters(query));
}

function conditions(type: RecordType, query: string) {
  return parse(type, query).query.conditions;
}

function refusal(type: RecordType, query: string): Problem {
  try {
    parse(type, query);
  } catch (error) {
    if (error instanceof Problem) return error;
    throw error;
  }
  throw new Error('the parameters were taken');
}
