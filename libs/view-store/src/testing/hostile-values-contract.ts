import { describe, expect, it } from '@jest/globals';
import { words } from '../words.js';
import { idsOnAllPages, idsOnPage } from './reading.js';
import { DEALS, filterOf, queryOf, SampleLog, storedCellOf, storedOf } from './samples.js';
import type { StoreOfTest } from './store-under-test.js';

/** Values that mean something to some language between the caller and the disk. */
const HOSTILE: readonly string[] = [
  '',
  ' ',
  "'",
  '"',
  '""',
  '`',
  "'; DROP TABLE deals; --",
  '" OR 1=1 --',
  'a" OR "b',
  '" *',
  'jane*',
  'NOT jane AND (x OR y) NEAR(z)',
  '$where',
  '$gt',
  '{"$ne":null}',
  '__proto__',
  'constructor',
  '\0',
  'a\0b',
  '\u0001\u001f\u007f',
  'line\nbreak\r\n\ttab',
  '\\',
  '\\u0000',
  '%',
  '%_',
  '%41',
  '%%',
  '?1',
  ':name',
  '@name',
  '=5=open',
  '=',
  '!5',
  'a=b.c=d',
  'Jane',
  'jane',
  'JANE',
  'é',
  'e\u0301',
  '😀',
  '👨‍👩‍👧',
  '\u{10ffff}',
  '\u202eabc',
  '\uffff',
  'x'.repeat(100),
  'x'.repeat(101),
  'x'.repeat(40_000),
  `${'x'.repeat(40_000)}y`,
  'é'.repeat(20_000),
];

/** Values from outside stay values, whatever they look like. */
export function hostileValuesContract(test: StoreOfTest): void {
  describe('hostile values', () => {
    it('are stored as they are', async () => {
      const log = new SampleLog('tenant');
      const deals = HOSTILE.map((text, n) =>
        log.created({ id: `${n} ${text.slice(0, 50)}`, name: text, notes: text, tags: [text], custom: { key: text } }),
      );
      const cells = HOSTILE.map((text) => log.cell([text, null, text], { count: 1n }));
      await test.store.apply(log.batch({ documents: deals, cells }));

      const ids = deals.map(({ id }) => id);
      const found = new Map((await test.store.get(DEALS.name, 'tenant', ids)).map((one) => [one.id, one]));
      expect(found).toEqual(new Map(deals.map((deal) => [deal.id, storedOf(deal)])));
      const sorted = queryOf('tenant', { sort: { field: 'name', descending: false }, limit: 5 });
      expect(new Set(await idsOnAllPages(test.store, sorted))).toEqual(new Set(ids));
      const read = await test.store.getCells(
        'pipeline',
        'tenant',
        cells.map(({ dimensions }) => dimensions),
      );
      expect(new Set(read)).toEqual(new Set(cells.map(storedCellOf)));
    });

    it('are found by themselves alone', async () => {
      const log = new SampleLog('tenant');
      const deals = HOSTILE.map((text) =>
        log.created({
          owner: text,
          source: text,
          accountId: text,
          clientId: text,
          tags: [text],
          custom: { key: text },
        }),
      );
      const cells = HOSTILE.map((text) => log.cell([text, null, null], { count: 1n }));
      await test.store.apply(log.batch({ documents: deals, cells }));

      for (const [index, text] of HOSTILE.entries()) {
        for (const field of ['owner', 'source', 'accountId', 'clientId', 'tags', 'custom.key']) {
          const conditions = [{ field, operator: 'in', values: [text] } as const];
          expect(await idsOnPage(test.store, queryOf('tenant', { conditions }))).toEqual([deals[index]?.id]);
          const others = filterOf('tenant', { conditions: [{ field, operator: 'not-in', values: [text] }] });
          expect(await test.store.count(DEALS.name, others, 1_000)).toBe(deals.length - 1);
        }
        const conditions = [{ field: 'stage', operator: 'in', values: [text] } as const];
        expect(await test.store.cells('pipeline', 'tenant', conditions)).toHaveLength(1);
      }
    });

    it('as names of open keys are found by themselves alone', async () => {
      const log = new SampleLog('tenant');
      const deals = HOSTILE.map((key) => log.created({ custom: { [key]: 'x' } }));
      await test.store.apply(log.batch({ documents: deals }));

      for (const [index, key] of HOSTILE.entries()) {
        const field = `custom.${key}`;
        const there = queryOf('tenant', { conditions: [{ field, operator: 'exists', value: true }] });
        expect(await idsOnPage(test.store, there)).toEqual([deals[index]?.id]);
        const equal = queryOf('tenant', { conditions: [{ field, operator: 'in', values: ['x'] }] });
        expect(await idsOnPage(test.store, equal)).toEqual([deals[index]?.id]);
      }
    });

    it('as words find what begins with them, or nothing', async () => {
      const log = new SampleLog('tenant');
      const deals = HOSTILE.map((text) => log.created({ notes: text }));
      await test.store.apply(log.batch({ documents: deals }));

      for (const word of HOSTILE.filter((text) => text !== '')) {
        const expected = deals.filter((_, index) => words(HOSTILE[index] ?? '').some((one) => one.startsWith(word)));
        expect(await idsOnPage(test.store, queryOf('tenant', { words: [word] }))).toEqual(expected.map(({ id }) => id));
      }
    });

    it('are tenants like others', async () => {
      const log = new SampleLog('');
      const tenants = HOSTILE.filter((text) => text.length < 1_000);
      const deals = tenants.map((tenant) => ({ ...log.created({ name: 'Jane' }), tenant }));
      await test.store.apply(log.batch({ documents: deals }));

      for (const [index, tenant] of tenants.entries())
        expect(await idsOnPage(test.store, queryOf(tenant, { words: ['jane'] }))).toEqual([deals[index]?.id]);
    });
  });
}
