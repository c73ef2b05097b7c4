import { describe, expect, it } from '@jest/globals';
import { newId } from '@sillage/kernel';
import fc from 'fast-check';
import { aCondition, aDealsFields, aSort, someWords } from './arbitraries.js';
import { idsOnAllPages } from './reading.js';
import { referenceResult } from './reference.js';
import { DEALS, type DocumentInBatch, filterOf, SampleLog } from './samples.js';
import type { StoreOfTest } from './store-under-test.js';

/** What happens to deals: one is created, or one of those there is changed, deleted or restored. */
const aHistory = fc.array(
  fc.record({
    happens: fc.constantFrom('created', 'created', 'created', 'changed', 'deleted', 'restored' as const),
    to: fc.nat(),
    fields: aDealsFields,
    endsBatch: fc.boolean(),
  }),
  { minLength: 1, maxLength: 40 },
);

const someQueries = fc.array(
  fc.record({
    conditions: fc.array(aCondition, { maxLength: 3 }),
    words: someWords,
    deleted: fc.boolean(),
    sort: aSort,
    limit: fc.integer({ min: 1, max: 8 }),
  }),
  { minLength: 8, maxLength: 8 },
);

/** Whatever was written, a query gives what a search through all documents and a sort would give. */
export function modelContract(test: StoreOfTest): void {
  describe('a view', () => {
    it('gives for any history and query what looking at every document gives', async () => {
      let partition = 0;
      await fc.assert(
        fc.asyncProperty(aHistory, someQueries, async (history, queries) => {
          // Runs share the store: tenants are apart, and so are partitions.
          const tenant = newId();
          partition += 1;
          const log = new SampleLog(tenant, { partition });
          const deals = new Map<string, DocumentInBatch>();
          let batch: DocumentInBatch[] = [];
          for (const { happens, to, fields, endsBatch } of history) {
            const there = [...deals.values()][to % Math.max(1, deals.size)];
            const { createdAt: _, ...changes } = fields;
            const deal =
              !there || happens === 'created'
                ? log.created(fields)
                : happens === 'changed'
                  ? log.changed(there, changes)
                  : log[happens](there);
            deals.set(deal.id, deal);
            batch.push(deal);
            if (!endsBatch) continue;
            await test.store.apply(log.batch({ documents: batch }));
            batch = [];
          }
          await test.store.apply(log.batch({ documents: batch }));

          for (const { sort, limit, ...rest } of queries) {
            const filter = filterOf(tenant, rest);
            const expected = referenceResult([...deals.values()], filter, sort);
            expect(await idsOnAllPages(test.store, { ...filter, sort, limit })).toEqual(expected);
            expect(await test.store.count(DEALS.name, filter, 5)).toBe(Math.min(5, expected.length));
          }
        }),
        { numRuns: 60 },
      );
    });
  });
}
