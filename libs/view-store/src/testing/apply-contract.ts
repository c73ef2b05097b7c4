import { describe, expect, it } from '@jest/globals';
import { ViewsMovedOn } from '../errors.js';
import { allOf, idsOnPage } from './reading.js';
import { DEALS, queryOf, SampleLog, storedCellOf, storedOf } from './samples.js';
import type { StoreOfTest } from './store-under-test.js';

/** Writing batches. */
export function applyContract(test: StoreOfTest): void {
  describe('a batch', () => {
    it('is read as it was written', async () => {
      const log = new SampleLog('tenant');
      const deal = log.created({ name: 'Jane', custom: { deep: 'ok' }, list: [1, null, { a: [] }] });
      const gone = log.deleted(log.created());
      const cell = log.cell(['won', null, '2026-03'], { count: 1n });
      await test.store.apply(log.batch({ documents: [deal, gone], cells: [cell] }));

      const found = await test.store.get(DEALS.name, 'tenant', [deal.id, gone.id, 'nothing', deal.id]);
      expect(new Map(found.map((one) => [one.id, one]))).toEqual(
        new Map([
          [deal.id, storedOf(deal)],
          [gone.id, storedOf(gone)],
        ]),
      );
      expect(found).toHaveLength(2);
      expect(await test.store.getCells('pipeline', 'tenant', [cell.dimensions])).toEqual([storedCellOf(cell)]);
      expect(await test.store.checkpoint(0)).toBe(log.position);
    });

    it('is still there after a restart', async () => {
      const log = new SampleLog('tenant');
      const deal = log.created({ name: 'Jane' });
      const cell = log.cell(['won', null, null], { count: 1n });
      await test.store.apply(log.batch({ documents: [deal], cells: [cell] }));

      const store = await test.restart();

      expect(await store.get(DEALS.name, 'tenant', [deal.id])).toEqual([storedOf(deal)]);
      expect(await store.cells('pipeline', 'tenant', [])).toEqual([storedCellOf(cell)]);
      expect(await store.checkpoint(0)).toBe(log.position);
      expect(await idsOnPage(store, queryOf('tenant', { words: ['jane'] }))).toEqual([deal.id]);
      const later = log.created({ name: 'Janet' });
      await store.apply(log.batch({ documents: [later] }));
      expect(await idsOnPage(store, queryOf('tenant', { words: ['jane'] }))).toEqual([deal.id, later.id]);
    });

    it('that names what is not declared is refused as a whole', async () => {
      const log = new SampleLog('tenant');
      const deal = log.created();
      const cell = log.cell(['won', null, null], { count: 1n });
      const batch = log.batch({ documents: [deal], cells: [cell] });
      const nowhere = [
        { ...batch, documents: [deal, { ...deal, view: 'nothing' }] },
        { ...batch, cells: [cell, { ...cell, cube: 'nothing' }] },
      ];
      for (const each of nowhere) await expect(test.store.apply(each)).rejects.toThrow('nothing');

      expect(await test.store.get(DEALS.name, 'tenant', [deal.id])).toEqual([]);
      expect(await test.store.cells('pipeline', 'tenant', [])).toEqual([]);
      expect(await test.store.checkpoint(0)).toBe(0);
      // And the store goes on.
      await test.store.apply(batch);
      expect(await idsOnPage(test.store, queryOf('tenant'))).toEqual([deal.id]);
    });

    it('changes nothing when its values are there already', async () => {
      const log = new SampleLog('tenant');
      const deal = log.created({ name: 'Jane', owner: 'ann', tags: ['vip'] });
      const changed = log.changed(deal, { name: 'Joan' });
      const cell = log.cell(['won', null, null], { count: 1n, amount: 5n });
      const batch = log.batch({ documents: [deal, changed], cells: [cell] });
      await test.store.apply(batch);
      const { position } = batch.checkpoint;
      await test.store.apply({ ...batch, checkpoint: { partition: 0, after: position, position: position + 1 } });

      expect(await allOf(test.store.scan(DEALS.name))).toEqual([storedOf(changed)]);
      expect(await allOf(test.store.scanCells('pipeline'))).toEqual([storedCellOf(cell)]);
      expect(await idsOnPage(test.store, queryOf('tenant'))).toEqual([deal.id]);
      expect(await idsOnPage(test.store, queryOf('tenant', { words: ['joan'] }))).toEqual([deal.id]);
      expect(await idsOnPage(test.store, queryOf('tenant', { words: ['jane'] }))).toEqual([]);
    });

    it('that does not follow on what is there is refused as a whole', async () => {
      const log = new SampleLog('tenant');
      const deal = log.created({ name: 'Jane' });
      const first = log.batch({ documents: [deal] });
      const second = log.batch({ documents: [log.changed(deal, { name: 'Joan' })] });
      await expect(test.store.apply(second)).rejects.toBeInstanceOf(ViewsMovedOn);
      await test.store.apply(first);
      await test.store.apply(second);
      // Another projector of the partition, which has seen more, or less, of the log.
      const cells = [log.cell(['won', null, null], { count: 1n })];
      for (const after of [0, first.checkpoint.position, second.checkpoint.position + 1]) {
        const documents = [log.changed(deal, { name: 'Jean' })];
        const checkpoint = { partition: 0, after, position: log.position };
        await expect(test.store.apply({ documents, cells, checkpoint })).rejects.toBeInstanceOf(ViewsMovedOn);
      }

      expect(await idsOnPage(test.store, queryOf('tenant', { words: ['joan'] }))).toEqual([deal.id]);
      expect(await test.store.cells('pipeline', 'tenant', [])).toEqual([]);
      expect(await test.store.checkpoint(0)).toBe(second.checkpoint.position);
    });

    it('with values from before brings nothing back', async () => {
      const log = new SampleLog('tenant');
      const deal = log.created({ name: 'Jane' });
      const gone = log.cell(['open', null, null], { count: 1n });
      const kept = log.cell(['won', null, null], { count: 1n });
      const before = log.batch({ documents: [deal], cells: [gone, kept] });
      await test.store.apply(before);
      const changed = log.deleted(log.changed(deal, { name: 'Joan' }));
      const now = [
        { ...gone, measures: {}, position: log.position },
        { ...kept, measures: { count: 2n }, position: log.position },
      ];
      const after = log.batch({ documents: [changed], cells: now });
      await test.store.apply(after);

      const { position } = after.checkpoint;
      await test.store.apply({ ...before, checkpoint: { partition: 0, after: position, position: position + 1 } });

      expect(await test.store.get(DEALS.name, 'tenant', [deal.id])).toEqual([storedOf(changed)]);
      expect(await idsOnPage(test.store, queryOf('tenant', { words: ['jane'] }))).toEqual([]);
      expect(await idsOnPage(test.store, queryOf('tenant', { words: ['joan'], deleted: true }))).toEqual([deal.id]);
      expect((await test.store.cells('pipeline', 'tenant', [])).map(({ measures }) => measures)).toEqual([
        { count: 2n },
      ]);
    });

    it('may be empty', async () => {
      await test.store.apply({ documents: [], cells: [], checkpoint: { partition: 3, after: 0, position: 9 } });
      expect(await test.store.checkpoint(3)).toBe(9);
      expect(await test.store.checkpoint(0)).toBe(0);
    });
  });

  describe('deleted documents', () => {
    it('are apart from those that are not, also after they are restored', async () => {
      const log = new SampleLog('tenant');
      const fields = { name: 'Jane', owner: 'ann', probability: 5, tags: ['vip'] };
      const [kept, gone] = [log.created(fields), log.created(fields)];
      await test.store.apply(log.batch({ documents: [kept, gone] }));
      const filter = {
        words: ['ja'],
        conditions: [
          { field: 'owner', operator: 'in', values: ['ann'] },
          { field: 'tags', operator: 'in', values: ['vip'] },
          { field: 'probability', operator: 'gte', value: 5 },
        ],
      } as const;
      const found = async (deleted: boolean) => [
        await idsOnPage(test.store, queryOf('tenant', { deleted })),
        await idsOnPage(test.store, queryOf('tenant', { deleted, ...filter })),
        await idsOnPage(test.store, queryOf('tenant', { deleted, sort: { field: 'probability', descending: true } })),
      ];

      await test.store.apply(log.batch({ documents: [log.deleted(gone)] }));
      expect(await found(false)).toEqual([[kept.id], [kept.id], [kept.id]]);
      expect(await found(true)).toEqual([[gone.id], [gone.id], [gone.id]]);

      await test.store.apply(log.batch({ documents: [log.restored(gone)] }));
      expect(await found(false)).toEqual([
        [kept.id, gone.id],
        [kept.id, gone.id],
        [gone.id, kept.id],
      ]);
      expect(await found(true)).toEqual([[], [], []]);
    });
  });

  describe('the position of a page', () => {
    it('is where the partition of its tenant is', async () => {
      const [one, other] = [new SampleLog('one'), new SampleLog('other', { after: 100 })];
      await test.store.apply({
        ...one.batch({ documents: [one.created()] }),
        checkpoint: { partition: 1, after: 0, position: 7 },
      });
      await test.store.apply({
        ...other.batch({ documents: [other.created()] }),
        checkpoint: { partition: 2, after: 0, position: 107 },
      });

      expect((await test.store.find(DEALS.name, queryOf('one'))).position).toBe(7);
      expect((await test.store.find(DEALS.name, queryOf('other'))).position).toBe(107);
      // Nobody knows where a tenant of whom nothing has come will be: all partitions are as far as this.
      expect((await test.store.find(DEALS.name, queryOf('stranger'))).position).toBe(7);
      const positions = ['one', 'other', 'stranger'].map((tenant) => test.store.positionOf(tenant));
      expect(await Promise.all(positions)).toEqual([7, 107, 7]);
    });

    it('is 0 while nothing has been applied', async () => {
      expect(await test.store.find(DEALS.name, queryOf('tenant'))).toEqual({ documents: [], position: 0 });
      expect(await test.store.positionOf('tenant')).toBe(0);
    });
  });

  describe('tenants', () => {
    it('are kept apart', async () => {
      const [one, other] = [new SampleLog('one'), new SampleLog('other')];
      const fields = { id: 'same', name: 'Jane', owner: 'ann' };
      const [mine, theirs] = [one.created(fields), other.created({ ...fields, owner: 'bob' })];
      const cells = [one.cell(['won', null, null], { count: 1n }), other.cell(['won', null, null], { count: 2n })];
      await test.store.apply(other.batch({ documents: [mine, theirs], cells }));

      expect(await test.store.get(DEALS.name, 'one', ['same'])).toEqual([storedOf(mine)]);
      expect(await test.store.get(DEALS.name, 'other', ['same'])).toEqual([storedOf(theirs)]);
      expect(await test.store.get(DEALS.name, 'stranger', ['same'])).toEqual([]);
      expect((await test.store.find(DEALS.name, queryOf('one', { words: ['jane'] }))).documents).toHaveLength(1);
      const bobs = queryOf('one', { conditions: [{ field: 'owner', operator: 'in', values: ['bob'] }] });
      expect(await idsOnPage(test.store, bobs)).toEqual([]);
      expect((await test.store.cells('pipeline', 'one', [])).map(({ measures }) => measures)).toEqual([{ count: 1n }]);
      expect(await test.store.cells('pipeline', 'stranger', [])).toEqual([]);
    });
  });
}
