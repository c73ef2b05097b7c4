import { beforeEach, describe, expect, it } from '@jest/globals';
import type { JsonObject } from '@sillage/kernel';
import { OPERATORS, QueryNotDeclared } from '../condition-target.js';
import type { Condition } from '../query.js';
import { idsOnPage } from './reading.js';
import { DEALS, queryOf, SampleLog } from './samples.js';
import type { StoreOfTest } from './store-under-test.js';

const DEALS_BY_ID: { readonly [id: string]: JsonObject } = {
  anvil: {
    owner: 'Ann',
    source: 'web',
    accountId: 'acme',
    notes: 'by the sea',
    amount: { value: '100.50', currency: 'EUR' },
    cost: { value: '7', currency: 'JPY' },
    probability: 10,
    score: -1.5,
    updatedAt: '2026-03-02T00:00:00.000Z',
    seenAt: '2026-03-02T00:00:00.001Z',
    closeDate: '2026-04-01',
    startDate: '1969-12-31',
    tags: ['vip', 'Big deal'],
    custom: { size: 'xl', seats: 5, trial: true, 'a.b': 'dotted' },
    address: { city: 'Łódź' },
  },
  barrel: {
    owner: 'ann',
    source: 'fair',
    accountId: 'bolt',
    clientId: 'c1',
    amount: { value: '100.51', currency: 'EUR' },
    cost: { value: '8', currency: 'JPY' },
    probability: 10.5,
    score: 0,
    updatedAt: '2026-03-02T00:00:00.001Z',
    seenAt: '2026-03-02T00:00:00.002Z',
    closeDate: '2026-04-02',
    startDate: '1970-01-01',
    tags: ['vip'],
    custom: { size: 'XL', seats: '5', trial: false },
    address: { city: 'Lodz' },
  },
  crane: {
    owner: 'Änn',
    amount: { value: '100.50', currency: 'USD' },
    probability: 0,
    tags: [],
    custom: {},
    address: {},
  },
  drill: { owner: null, amount: null, custom: { size: null }, createdAt: '2026-03-01T08:00:00.001Z' },
};

const EXPECTATIONS: readonly (readonly [string, readonly Condition[], string])[] = [
  ['equal, as written', [{ field: 'owner', operator: 'in', values: ['ann'] }], 'barrel'],
  ['one of several', [{ field: 'owner', operator: 'in', values: ['ann', 'Änn', 'nobody'] }], 'barrel crane'],
  ['one of none', [{ field: 'owner', operator: 'in', values: [] }], ''],
  ['not equal, or missing', [{ field: 'owner', operator: 'not-in', values: ['ann', 'Ann'] }], 'crane drill'],
  ['not one of none', [{ field: 'owner', operator: 'not-in', values: [] }], 'anvil barrel crane drill'],
  ['there, sortable', [{ field: 'owner', operator: 'exists', value: true }], 'anvil barrel crane'],
  ['missing, sortable', [{ field: 'owner', operator: 'exists', value: false }], 'drill'],
  ['equal, not sortable', [{ field: 'source', operator: 'in', values: ['web'] }], 'anvil'],
  ['not equal, not sortable', [{ field: 'source', operator: 'not-in', values: ['web'] }], 'barrel crane drill'],
  ['there, not sortable', [{ field: 'source', operator: 'exists', value: true }], 'anvil barrel'],
  ['missing, not sortable', [{ field: 'source', operator: 'exists', value: false }], 'crane drill'],
  ['equal by path', [{ field: 'address.city', operator: 'in', values: ['Lodz'] }], 'barrel'],
  ['missing by path', [{ field: 'address.city', operator: 'exists', value: false }], 'crane drill'],
  ['a reference', [{ field: 'accountId', operator: 'in', values: ['acme'] }], 'anvil'],
  ['another reference', [{ field: 'accountId', operator: 'not-in', values: ['acme'] }], 'barrel crane drill'],
  ['a sortable reference', [{ field: 'clientId', operator: 'in', values: ['c1', 'c2'] }], 'barrel'],
  ['no reference', [{ field: 'clientId', operator: 'exists', value: false }], 'anvil crane drill'],
  ['text there', [{ field: 'notes', operator: 'exists', value: true }], 'anvil'],
  ['text missing', [{ field: 'notes', operator: 'exists', value: false }], 'barrel crane drill'],

  ['a number', [{ field: 'probability', operator: 'in', values: [10, 0] }], 'anvil crane'],
  ['another number', [{ field: 'probability', operator: 'not-in', values: [10, 0] }], 'barrel drill'],
  ['a greater number', [{ field: 'probability', operator: 'gt', value: 10 }], 'barrel'],
  ['no smaller number', [{ field: 'probability', operator: 'gte', value: 10 }], 'anvil barrel'],
  ['a smaller number', [{ field: 'probability', operator: 'lt', value: 10 }], 'crane'],
  ['no greater number', [{ field: 'probability', operator: 'lte', value: 10 }], 'anvil crane'],
  ['a number missing', [{ field: 'probability', operator: 'exists', value: false }], 'drill'],
  ['a number, not sortable', [{ field: 'score', operator: 'lt', value: 0 }], 'anvil'],
  ['no number, not sortable', [{ field: 'score', operator: 'exists', value: false }], 'crane drill'],

  ['an instant', [{ field: 'updatedAt', operator: 'in', values: ['2026-03-02T00:00:00.001Z'] }], 'barrel'],
  ['a later instant', [{ field: 'updatedAt', operator: 'gt', value: '2026-03-02T00:00:00.000Z' }], 'barrel'],
  ['no later instant', [{ field: 'updatedAt', operator: 'lte', value: '2026-03-02T00:00:00.000Z' }], 'anvil'],
  ['an instant there', [{ field: 'updatedAt', operator: 'exists', value: true }], 'anvil barrel'],
  [
    'a later instant, not sortable',
    [{ field: 'seenAt', operator: 'gte', value: '2026-03-02T00:00:00.002Z' }],
    'barrel',
  ],
  ['created at', [{ field: 'createdAt', operator: 'in', values: ['2026-03-01T08:00:00.001Z'] }], 'drill'],
  ['created after', [{ field: 'createdAt', operator: 'gt', value: '2026-03-01T08:00:00.000Z' }], 'drill'],
  ['created from', [{ field: 'createdAt', operator: 'gte', value: '2026-03-01T08:00:00.001Z' }], 'drill'],
  ['created before', [{ field: 'createdAt', operator: 'lt', value: '2026-03-01T08:00:00.001Z' }], 'anvil barrel crane'],
  ['created until', [{ field: 'createdAt', operator: 'lte', value: '2026-03-01T08:00:00.000Z' }], 'anvil barrel crane'],
  [
    'created at one of',
    [{ field: 'createdAt', operator: 'in', values: ['2026-03-01T08:00:00.001Z', '2026-03-01T08:00:00.002Z'] }],
    'drill',
  ],
  [
    'not created at',
    [{ field: 'createdAt', operator: 'not-in', values: ['2026-03-01T08:00:00.001Z'] }],
    'anvil barrel crane',
  ],
  ['created at all', [{ field: 'createdAt', operator: 'exists', value: true }], 'anvil barrel crane drill'],
  ['never created', [{ field: 'createdAt', operator: 'exists', value: false }], ''],

  ['a date', [{ field: 'closeDate', operator: 'in', values: ['2026-04-01'] }], 'anvil'],
  ['a later date', [{ field: 'closeDate', operator: 'gt', value: '2026-04-01' }], 'barrel'],
  ['a date missing', [{ field: 'closeDate', operator: 'exists', value: false }], 'crane drill'],
  ['an earlier date, not sortable', [{ field: 'startDate', operator: 'lt', value: '1970-01-01' }], 'anvil'],

  ['an amount in any currency', [{ field: 'amount', operator: 'in', values: [10050] }], 'anvil crane'],
  [
    'an amount in a currency',
    [
      { field: 'amount', operator: 'gte', value: 10050 },
      { field: 'amount.currency', operator: 'in', values: ['EUR'] },
    ],
    'anvil barrel',
  ],
  [
    'a greater amount in a currency',
    [
      { field: 'amount.currency', operator: 'in', values: ['EUR'] },
      { field: 'amount', operator: 'gt', value: 10050 },
    ],
    'barrel',
  ],
  ['a currency', [{ field: 'amount.currency', operator: 'in', values: ['USD', 'JPY'] }], 'crane'],
  ['another currency', [{ field: 'amount.currency', operator: 'not-in', values: ['USD'] }], 'anvil barrel drill'],
  ['an amount there', [{ field: 'amount', operator: 'exists', value: true }], 'anvil barrel crane'],
  ['an amount missing', [{ field: 'amount', operator: 'exists', value: false }], 'drill'],
  ['an amount without decimals', [{ field: 'cost', operator: 'lt', value: 8 }], 'anvil'],
  ['a currency, not sortable', [{ field: 'cost.currency', operator: 'in', values: ['JPY'] }], 'anvil barrel'],

  ['one keyword of a list', [{ field: 'tags', operator: 'in', values: ['vip'] }], 'anvil barrel'],
  ['one of some keywords', [{ field: 'tags', operator: 'in', values: ['Big deal', 'small'] }], 'anvil'],
  ['none of some keywords', [{ field: 'tags', operator: 'not-in', values: ['Big deal'] }], 'barrel crane drill'],
  ['any keyword', [{ field: 'tags', operator: 'exists', value: true }], 'anvil barrel'],
  ['no keyword', [{ field: 'tags', operator: 'exists', value: false }], 'crane drill'],

  ['an open key', [{ field: 'custom.size', operator: 'in', values: ['xl'] }], 'anvil'],
  ['an open key, as text', [{ field: 'custom.seats', operator: 'in', values: ['5'] }], 'anvil barrel'],
  ['an open key, as a number', [{ field: 'custom.seats', operator: 'in', values: [5] }], 'anvil barrel'],
  ['an open key that is a truth', [{ field: 'custom.trial', operator: 'in', values: ['false'] }], 'barrel'],
  ['an open key with a dot', [{ field: 'custom.a.b', operator: 'in', values: ['dotted'] }], 'anvil'],
  [
    'another value of an open key',
    [{ field: 'custom.size', operator: 'not-in', values: ['xl'] }],
    'barrel crane drill',
  ],
  ['an open key there', [{ field: 'custom.size', operator: 'exists', value: true }], 'anvil barrel'],
  ['an open key missing', [{ field: 'custom.size', operator: 'exists', value: false }], 'crane drill'],
  ['any open key', [{ field: 'custom', operator: 'exists', value: true }], 'anvil barrel'],

  [
    'all of several conditions',
    [
      { field: 'tags', operator: 'in', values: ['vip'] },
      { field: 'probability', operator: 'gt', value: 10 },
      { field: 'source', operator: 'not-in', values: ['web'] },
    ],
    'barrel',
  ],
  [
    'two conditions on one field',
    [
      { field: 'probability', operator: 'gt', value: 0 },
      { field: 'probability', operator: 'lt', value: 10.5 },
    ],
    'anvil',
  ],
  [
    'conditions that exclude each other',
    [
      { field: 'owner', operator: 'exists', value: true },
      { field: 'owner', operator: 'exists', value: false },
    ],
    '',
  ],
];

/** What each operator means on each kind of field. */
export function filterContract(test: StoreOfTest): void {
  describe('filters by', () => {
    beforeEach(async () => {
      const log = new SampleLog('tenant');
      const documents = Object.entries(DEALS_BY_ID).map(([id, fields]) => log.created({ id, ...fields }));
      await test.store.apply(log.batch({ documents }));
    });

    it.each(EXPECTATIONS)('%s', async (_, conditions, ids) => {
      expect((await idsOnPage(test.store, queryOf('tenant', { conditions }))).join(' ')).toBe(ids);
      // In another order the same are found, perhaps by another index.
      for (const field of ['probability', 'owner', 'amount']) {
        const sorted = await idsOnPage(
          test.store,
          queryOf('tenant', { conditions, sort: { field, descending: false } }),
        );
        expect([...sorted].sort().join(' ')).toBe(ids);
      }
    });

    it('nothing that the view does not declare', async () => {
      const undeclared: readonly Condition[] = [
        { field: 'nothing', operator: 'in', values: ['x'] },
        { field: 'owner.currency', operator: 'in', values: ['EUR'] },
        { field: 'constructor', operator: 'exists', value: true },
        { field: '__proto__', operator: 'exists', value: true },
        { field: '$where', operator: 'in', values: ['1'] },
        { field: 'owner" OR 1=1 --', operator: 'in', values: ['x'] },
      ];
      for (const condition of undeclared) {
        const query = queryOf('tenant', { conditions: [condition] });
        await expect(test.store.find(DEALS.name, query)).rejects.toBeInstanceOf(QueryNotDeclared);
        await expect(test.store.count(DEALS.name, query, 10)).rejects.toBeInstanceOf(QueryNotDeclared);
      }
    });

    it('no operator that the kind of the field does not have', async () => {
      for (const [field, { kind }] of Object.entries(DEALS.fields)) {
        for (const operator of ['in', 'not-in'] as const) {
          const query = queryOf('tenant', { conditions: [{ field, operator, values: ['2026-03-01'] }] });
          const found = test.store.find(DEALS.name, query);
          if (OPERATORS[kind].includes(operator)) await found;
          else await expect(found).rejects.toBeInstanceOf(QueryNotDeclared);
        }
        for (const operator of ['gt', 'gte', 'lt', 'lte'] as const) {
          const query = queryOf('tenant', { conditions: [{ field, operator, value: '2026-03-01' }] });
          const found = test.store.find(DEALS.name, query);
          if (OPERATORS[kind].includes(operator)) await found;
          else await expect(found).rejects.toBeInstanceOf(QueryNotDeclared);
        }
      }
    });
  });
}
