import { describe, expect, it } from '@jest/globals';
import { allOf } from './reading.js';
import { DEALS, SampleLog } from './samples.js';
import type { StoreOfTest } from './store-under-test.js';

/** Reading everything, in an order that does not depend on how it came to be. */
export function scanContract(test: StoreOfTest): void {
  describe('a scan', () => {
    it('gives the documents of a view by tenant, then id', async () => {
      const log = new SampleLog('b');
      const inOrder = ['a', 'b'].flatMap((tenant) =>
        ['1', '10', '2', 'B', 'a', 'é', '\uffee', '\u{1f600}'].map((id) => ({ ...log.created({ id }), tenant })),
      );
      const many = Array.from({ length: 1_200 }, (_, n) => ({ ...log.created({ id: `n${10_000 + n}` }), tenant: 'c' }));
      const shuffled = [...many.toReversed(), ...inOrder.toReversed()];
      await test.store.apply(log.batch({ documents: [...shuffled, { ...log.created(), view: 'others' }] }));

      const scanned = await allOf(test.store.scan(DEALS.name));
      expect(scanned.map(({ tenant, id }) => `${tenant} ${id}`)).toEqual(
        [...inOrder, ...many].map(({ tenant, id }) => `${tenant} ${id}`),
      );
    });

    it('includes what is deleted', async () => {
      const log = new SampleLog('tenant');
      await test.store.apply(log.batch({ documents: [log.deleted(log.created())] }));
      expect(await allOf(test.store.scan(DEALS.name))).toMatchObject([{ deleted: true }]);
    });

    it('gives the cells of a cube by tenant, then dimensions as JSON text', async () => {
      const log = new SampleLog('b');
      const inOrder = ['a', 'b'].flatMap((tenant) =>
        [['"'], ['a'], ['a"'], ['a', 'b'], ['b'], [null]]
          .map((dimensions) => ({ ...log.cell([...dimensions, 'x', null].slice(0, 3), { count: 1n }), tenant }))
          .sort((one, other) => (JSON.stringify(one.dimensions) < JSON.stringify(other.dimensions) ? -1 : 1)),
      );
      const many = Array.from({ length: 1_200 }, (_, n) => ({
        ...log.cell([`n${10_000 + n}`, null, null], { count: 1n }),
        tenant: 'c',
      }));
      await test.store.apply(log.batch({ cells: [...many.toReversed(), ...inOrder.toReversed()] }));

      const scanned = await allOf(test.store.scanCells('pipeline'));
      expect(scanned.map(({ tenant, dimensions }) => [tenant, dimensions])).toEqual(
        [...inOrder, ...many].map(({ tenant, dimensions }) => [tenant, dimensions]),
      );
    });

    it('of nothing gives nothing', async () => {
      expect(await allOf(test.store.scan(DEALS.name))).toEqual([]);
      expect(await allOf(test.store.scanCells('pipeline'))).toEqual([]);
    });
  });
}
