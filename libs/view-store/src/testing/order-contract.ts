import { describe, expect, it } from '@jest/globals';
import { type JsonObject, Problem } from '@sillage/kernel';
import { QueryNotDeclared } from '../condition-target.js';
import type { PageKey } from '../query.js';
import { idsOnAllPages, idsOnPage } from './reading.js';
import { DEALS, queryOf, SampleLog } from './samples.js';
import type { StoreOfTest } from './store-under-test.js';

/** By field: values in ascending order; each is given to two deals, and two more deals have none. */
const ASCENDING: { readonly [field: string]: readonly JsonObject[] } = {
  // By the folded form, then as written; by code point, not by UTF-16 unit.
  name: ['', 'eclair', 'Éclair', 'Éclairs', 'ﬁ 1', 'Zoe', 'zoe', 'zoé', '\u{10ffff}'].map((name) => ({ name })),
  owner: ['a', 'A b', 'a-b', 'Ab', 'ab'].map((owner) => ({ owner })),
  clientId: ['A', 'B', 'a', 'é', '\uffee', '\u{1f600}'].map((clientId) => ({ clientId })),
  amount: [
    ['0', 'EUR'],
    ['9.99', 'EUR'],
    ['10', 'EUR'],
    ['9999999999999.99', 'EUR'],
    ['1', 'JPY'],
    ['0.01', 'USD'],
  ].map(([value = '', currency = '']) => ({ amount: { value, currency } })),
  probability: [-1e300, -2, -1.5, -0.1, 0, 1e-9, 9, 10, 1e300].map((probability) => ({ probability })),
  updatedAt: [
    '0000-01-01T00:00:00.000Z',
    '1969-12-31T23:59:59.999Z',
    '1970-01-01T00:00:00.000Z',
    '9999-12-31T23:59:59.999Z',
  ].map((updatedAt) => ({ updatedAt })),
  closeDate: ['0000-01-01', '1969-12-31', '1970-01-01', '2026-02-28', '9999-12-31'].map((closeDate) => ({ closeDate })),
  'address.city': ['Aix', 'Brest', 'Évian', 'Evry'].map((city) => ({ address: { city } })),
};

const CREATED_IN_ORDER = [
  '1875-06-01T00:00:00.000Z',
  '1969-12-31T23:59:59.999Z',
  '1970-01-01T00:00:00.000Z',
  '2026-03-01T08:00:00.000Z',
  '2026-03-01T08:00:00.001Z',
  '2100-01-01T00:00:00.000Z',
];

/** Sorting, and paging through what is sorted. */
export function orderContract(test: StoreOfTest): void {
  describe('sorts by', () => {
    it.each(Object.keys(ASCENDING))(
      '%s, in both directions, ties by creation and missing values last',
      async (field) => {
        const log = new SampleLog('tenant');
        const values = ASCENDING[field] ?? [];
        const once = values.map((fields) => log.created(fields));
        const missing = [log.created(), log.created()];
        const again = values.map((fields) => log.created(fields));
        // Written in another order than sorted, and the last created first within a batch.
        await test.store.apply(log.batch({ documents: [...once, ...missing, ...again].reverse() }));
        const ascending = values.flatMap((_, index) => [once[index]?.id, again[index]?.id]);
        const without = missing.map(({ id }) => id);

        for (const limit of [1, 2, 3, 7, 1_000]) {
          const up = queryOf('tenant', { sort: { field, descending: false }, limit });
          expect(await idsOnAllPages(test.store, up)).toEqual([...ascending, ...without]);
          const down = queryOf('tenant', { sort: { field, descending: true }, limit });
          expect(await idsOnAllPages(test.store, down)).toEqual([...ascending.toReversed(), ...without.toReversed()]);
        }
      },
    );

    it('creation, ties by the order of arrival', async () => {
      const log = new SampleLog('tenant');
      const deals = CREATED_IN_ORDER.toReversed().flatMap((createdAt) => [
        log.created({ createdAt }),
        log.created({ createdAt }),
        log.created({ createdAt }),
      ]);
      await test.store.apply(log.batch({ documents: deals.slice(0, 8) }));
      await test.store.apply(log.batch({ documents: deals.slice(8) }));
      const ascending = CREATED_IN_ORDER.flatMap((createdAt) =>
        deals.filter(({ document }) => document.createdAt === createdAt).map(({ id }) => id),
      );

      for (const limit of [1, 2, 5, 1_000]) {
        const up = queryOf('tenant', { limit });
        expect(await idsOnAllPages(test.store, up)).toEqual(ascending);
        const down = queryOf('tenant', { sort: { field: 'createdAt', descending: true }, limit });
        expect(await idsOnAllPages(test.store, down)).toEqual(ascending.toReversed());
      }
    });

    it('no field that the view does not keep in order', async () => {
      for (const field of ['notes', 'source', 'tags', 'custom', 'nothing', 'amount.currency', 'constructor']) {
        const query = queryOf('tenant', { sort: { field, descending: false } });
        await expect(test.store.find(DEALS.name, query)).rejects.toBeInstanceOf(QueryNotDeclared);
      }
    });
  });

  describe('pages', () => {
    it('say whether another follows', async () => {
      const log = new SampleLog('tenant');
      const deals = [log.created(), log.created()];
      await test.store.apply(log.batch({ documents: deals }));

      const full = await test.store.find(DEALS.name, queryOf('tenant', { limit: 2 }));
      expect(full).not.toHaveProperty('next');
      const first = await test.store.find(DEALS.name, queryOf('tenant', { limit: 1 }));
      expect(first.next).toBeDefined();
    });

    it.each(['createdAt', 'probability', 'name'])('neither skip nor repeat, by %s, while deals come', async (field) => {
      const log = new SampleLog('tenant');
      const numbered = (n: number) =>
        log.created({ id: String(n), createdAt: new Date(n).toISOString(), probability: n, name: `deal ${n}` });
      await test.store.apply(log.batch({ documents: [10, 20, 30, 40, 50].map(numbered) }));
      const query = queryOf('tenant', { sort: { field, descending: true }, limit: 2 });
      const seen: string[] = [];
      const readOn = async (after?: PageKey) => {
        const page = await test.store.find(DEALS.name, after ? { ...query, after } : query);
        seen.push(...page.documents.map((json) => JSON.parse(json).id));
        return page.next;
      };

      let end = await readOn();
      await test.store.apply(log.batch({ documents: [55, 35].map(numbered) }));
      end = await readOn(end);
      await test.store.apply(log.batch({ documents: [45, 25].map(numbered) }));
      end = await readOn(end);
      end = await readOn(end);

      expect(seen).toEqual(['50', '40', '35', '30', '25', '20', '10']);
      expect(end).toBeUndefined();
    });

    it('go on behind a deal that has been deleted', async () => {
      const log = new SampleLog('tenant');
      const [a, b, c] = [log.created({ name: 'a' }), log.created({ name: 'b' }), log.created({ name: 'c' })];
      await test.store.apply(log.batch({ documents: [a, b, c] }));
      const query = queryOf('tenant', { sort: { field: 'name', descending: false }, limit: 2 });
      const { next } = await test.store.find(DEALS.name, query);

      await test.store.apply(log.batch({ documents: [log.deleted(b)] }));

      expect(await idsOnPage(test.store, next ? { ...query, after: next } : query)).toEqual([c.id]);
    });

    it('do not begin at the end of another list', async () => {
      const log = new SampleLog('tenant');
      await test.store.apply(log.batch({ documents: [log.created({ name: 'a' })] }));
      const ends: readonly PageKey[] = [[], ['x'], [1, 2, 3], ['a', 'x'], [null], ['a', '9'.repeat(40)], [{} as never]];
      for (const after of ends) {
        for (const field of ['createdAt', 'name', 'amount']) {
          const found = test.store.find(DEALS.name, queryOf('tenant', { after, sort: { field, descending: false } }));
          await expect(found).rejects.toMatchObject({ code: 'invalid-cursor' } satisfies Partial<Problem>);
        }
      }
    });
  });
}
