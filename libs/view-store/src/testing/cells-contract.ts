import { beforeEach, describe, expect, it } from '@jest/globals';
import { QueryNotDeclared } from '../condition-target.js';
import type { Condition } from '../query.js';
import { type CellInBatch, SampleLog, storedCellOf } from './samples.js';
import type { StoreOfTest } from './store-under-test.js';

const EXPECTATIONS: readonly (readonly [string, readonly Condition[], readonly number[]])[] = [
  ['all', [], [0, 1, 2, 3]],
  ['one value', [{ field: 'stage', operator: 'in', values: ['won'] }], [0, 1]],
  ['one of several values', [{ field: 'owner', operator: 'in', values: ['ann', 'bob'] }], [0, 2]],
  ['none of several values, or none at all', [{ field: 'owner', operator: 'not-in', values: ['ann'] }], [1, 2, 3]],
  ['some value', [{ field: 'owner', operator: 'exists', value: true }], [0, 2]],
  ['no value', [{ field: 'owner', operator: 'exists', value: false }], [1, 3]],
  ['a later month', [{ field: 'month', operator: 'gt', value: '2026-03' }], [2]],
  ['no earlier month', [{ field: 'month', operator: 'gte', value: '2026-03' }], [0, 2]],
  ['an earlier month', [{ field: 'month', operator: 'lt', value: '2026-03' }], [1]],
  ['no later month', [{ field: 'month', operator: 'lte', value: '2026-03' }], [0, 1]],
  [
    'several conditions',
    [
      { field: 'stage', operator: 'in', values: ['won'] },
      { field: 'owner', operator: 'exists', value: false },
    ],
    [1],
  ],
];

/** Reading and writing cells of cubes. */
export function cellsContract(test: StoreOfTest): void {
  describe('cells', () => {
    let log: SampleLog;
    let stored: readonly CellInBatch[];

    beforeEach(async () => {
      log = new SampleLog('tenant');
      stored = [
        log.cell(['won', 'ann', '2026-03'], { count: 1n, amount: 2n ** 53n + 1n }),
        log.cell(['won', null, '2026-02'], { count: 2n, amount: -(2n ** 80n) }),
        log.cell(['open', 'bob', '2026-04'], { count: 3n }),
        log.cell(['null', null, null], { count: 4n }),
      ];
      const elsewhere = { ...log.cell(['won', 'ann', '2026-03'], { count: 9n }), tenant: 'other' };
      await test.store.apply(log.batch({ cells: [...stored, elsewhere] }));
    });

    it.each(EXPECTATIONS)('are found by %s', async (_, conditions, indexes) => {
      const found = await test.store.cells('pipeline', 'tenant', conditions);
      const byPosition = [...found].sort((one, other) => one.position - other.position);
      expect(byPosition).toEqual(stored.filter((_, index) => indexes.includes(index)).map(storedCellOf));
    });

    it('are not found by what is no dimension', async () => {
      const condition: Condition = { field: 'amount', operator: 'exists', value: true };
      await expect(test.store.cells('pipeline', 'tenant', [condition])).rejects.toBeInstanceOf(QueryNotDeclared);
    });

    it('are read by exactly their dimensions', async () => {
      const [first, second] = stored;
      const found = await test.store.getCells('pipeline', 'tenant', [
        ['won', 'ann', '2026-03'],
        ['won', null, '2026-02'],
        ['won', 'null', '2026-02'],
        ['won', '', '2026-02'],
        ['open', 'ann', '2026-03'],
      ]);
      expect(new Set(found)).toEqual(new Set([first, second].flatMap((cell) => (cell ? [storedCellOf(cell)] : []))));
    });

    it('hold the value that was written last, of any size', async () => {
      const amount = 10n ** 40n;
      const again = log.cell(['won', 'ann', '2026-03'], { amount });
      await test.store.apply(log.batch({ cells: [again] }));
      expect(await test.store.getCells('pipeline', 'tenant', [again.dimensions])).toEqual([storedCellOf(again)]);
    });

    it('without measures are no more, and may come again', async () => {
      const dimensions = ['won', 'ann', '2026-03'];
      await test.store.apply(log.batch({ cells: [log.cell(dimensions, {})] }));
      expect(await test.store.getCells('pipeline', 'tenant', [dimensions])).toEqual([]);
      expect(await test.store.cells('pipeline', 'tenant', [])).toHaveLength(3);

      const again = log.cell(dimensions, { count: 1n });
      await test.store.apply(log.batch({ cells: [again] }));
      expect(await test.store.getCells('pipeline', 'tenant', [dimensions])).toEqual([storedCellOf(again)]);
    });

    it('of another cube are apart', async () => {
      expect(await test.store.cells('others', 'tenant', [])).toEqual([]);
    });
  });
}
