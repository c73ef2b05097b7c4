import { describe, expect, it } from '@jest/globals';
import type { JsonObject } from '@sillage/kernel';
import { queryWords } from '../words.js';
import { idsOnAllPages, idsOnPage } from './reading.js';
import { DEALS, filterOf, queryOf, SampleLog } from './samples.js';
import type { StoreOfTest } from './store-under-test.js';

const FOUND: readonly (readonly [found: string, search: string, fields: JsonObject])[] = [
  ['a word', 'jane', { name: 'Jane Doe' }],
  ['the beginning of a word', 'j', { name: 'Jane Doe' }],
  ['two characters of a word', 'ja', { name: 'Jane Doe' }],
  ['three characters of a word', 'jan', { name: 'Jane Doe' }],
  ['a word of one character', 'x', { name: 'X Ltd' }],
  ['a word of two characters', 'lt', { name: 'X LT' }],
  ['several words in any order', 'doe jan', { name: 'Jane Doe' }],
  ['words of several fields', 'jane sea', { name: 'Jane', notes: 'by the sea' }],
  ['other case and accents', 'ECLAIR', { name: 'Éclair' }],
  ['letters that do not decompose', 'lodz', { address: { city: 'Łódź' } }],
  ['letters of other scripts', 'αθηνα', { notes: 'Αθήνα' }],
  ['words written without spaces', '渋谷', { notes: '東京都渋谷区' }],
  ['one of the keywords', 'big', { tags: ['vip', 'Big deal'] }],
  ['texts under open keys', 'hangar', { custom: { place: 'Hangar 7' } }],
  ['an address of e-mail', 'jane.doe@acme', { notes: 'Jane.Doe@acme.example' }],
  ['a number to dial, as written', '+33 1 23 45 67 89', { notes: '+33 1 23 45 67 89' }],
  ['a number to dial, in one piece', '+33123456789', { notes: '+33 1 23 45 67 89' }],
  ['a number to dial, in pieces', '+33 1 23 45 67 89', { notes: '+33123456789' }],
  ['some groups of a number', '33 1', { notes: '+33 1 23 45 67 89' }],
];

const NOT_FOUND: readonly (readonly [notFound: string, search: string, fields: JsonObject])[] = [
  ['the middle of a word', 'ane', { name: 'Jane' }],
  ['one word of two', 'jane roe', { name: 'Jane Doe' }],
  ['more than a word', 'janet', { name: 'Jane' }],
  ['fields that are not searched', 'web', { name: 'Jane', source: 'web', owner: 'web' }],
  ['keys and numbers of an open field', 'place', { custom: { place: 7 } }],
  ['members of lists that are no texts', 'null', { tags: [null, 'vip'] as const }],
];

/** Finding documents by their words. */
export function searchContract(test: StoreOfTest): void {
  describe('a search finds', () => {
    it.each(FOUND)('%s', async (_, search, fields) => {
      const log = new SampleLog('tenant');
      const deal = log.created(fields);
      await test.store.apply(log.batch({ documents: [log.created({ name: 'Other' }), deal, log.created()] }));

      const query = queryOf('tenant', { words: queryWords(search) });
      expect(await idsOnPage(test.store, query)).toEqual([deal.id]);
      expect(await idsOnPage(test.store, { ...query, sort: { field: 'name', descending: true } })).toEqual([deal.id]);
    });

    it.each(NOT_FOUND)('not: %s', async (_, search, fields) => {
      const log = new SampleLog('tenant');
      await test.store.apply(log.batch({ documents: [log.created(fields)] }));

      expect(await idsOnPage(test.store, queryOf('tenant', { words: queryWords(search) }))).toEqual([]);
    });

    it('in the order of the list, page by page', async () => {
      const log = new SampleLog('tenant');
      const deals = Array.from({ length: 150 }, (_, n) => log.created({ name: `acme${n} ${n % 2 ? 'odd' : 'even'}` }));
      await test.store.apply(log.batch({ documents: deals }));
      const odd = deals.filter((_, n) => n % 2 === 1).map(({ id }) => id);

      // More words begin so than anybody would ask for one by one.
      const query = queryOf('tenant', { words: ['acme', 'odd'], limit: 7 });
      expect(await idsOnAllPages(test.store, query)).toEqual(odd);
      const newestFirst = { ...query, sort: { field: 'createdAt', descending: true } };
      expect(await idsOnAllPages(test.store, newestFirst)).toEqual(odd.toReversed());
    });

    it('what also meets conditions', async () => {
      const log = new SampleLog('tenant');
      const deals = [
        log.created({ name: 'acme', owner: 'ann', probability: 1 }),
        log.created({ name: 'acme', owner: 'bob', probability: 2 }),
        log.created({ name: 'bolt', owner: 'bob', probability: 3 }),
      ];
      await test.store.apply(log.batch({ documents: deals }));

      const byTerm = queryOf('tenant', {
        words: ['ac'],
        conditions: [{ field: 'owner', operator: 'in', values: ['bob'] }],
      });
      expect(await idsOnPage(test.store, byTerm)).toEqual([deals[1]?.id]);
      const byValue = queryOf('tenant', {
        words: ['ac'],
        conditions: [{ field: 'probability', operator: 'lt', value: 2 }],
      });
      expect(await idsOnPage(test.store, byValue)).toEqual([deals[0]?.id]);
    });

    it('the words that a deal has now, not those that it had', async () => {
      const log = new SampleLog('tenant');
      const deal = log.created({ name: 'Jane Doe', notes: 'one' });
      await test.store.apply(log.batch({ documents: [deal] }));
      await test.store.apply(log.batch({ documents: [log.changed(deal, { name: 'Jane Roe' })] }));

      expect(await idsOnPage(test.store, queryOf('tenant', { words: ['roe'] }))).toEqual([deal.id]);
      expect(await idsOnPage(test.store, queryOf('tenant', { words: ['one', 'jane'] }))).toEqual([deal.id]);
      expect(await idsOnPage(test.store, queryOf('tenant', { words: ['doe'] }))).toEqual([]);
    });
  });

  describe('a count', () => {
    it('goes no further than it is asked to', async () => {
      const log = new SampleLog('tenant');
      const documents = Array.from({ length: 12 }, (_, n) =>
        log.created({ name: `acme ${n}`, probability: n, owner: 'ann' }),
      );
      await test.store.apply(log.batch({ documents }));
      const filters = [
        filterOf('tenant'),
        filterOf('tenant', { words: ['ac'] }),
        filterOf('tenant', { conditions: [{ field: 'probability', operator: 'gte', value: 0 }] }),
        filterOf('tenant', {
          words: ['acme'],
          conditions: [
            { field: 'probability', operator: 'gte', value: 0 },
            { field: 'owner', operator: 'in', values: ['ann'] },
          ],
        }),
      ];
      for (const filter of filters) {
        expect(await test.store.count(DEALS.name, filter, 100)).toBe(12);
        expect(await test.store.count(DEALS.name, filter, 12)).toBe(12);
        expect(await test.store.count(DEALS.name, filter, 11)).toBe(11);
        expect(await test.store.count(DEALS.name, filter, 1)).toBe(1);
      }
      expect(await test.store.count(DEALS.name, filterOf('tenant', { words: ['zzz'] }), 100)).toBe(0);
      expect(await test.store.count(DEALS.name, filterOf('stranger'), 100)).toBe(0);
    });
  });
}
