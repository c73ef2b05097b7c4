import { describe, expect, it } from '@jest/globals';
import { ViewsMovedOn } from '../errors.js';
import { allOf, idsOnPage } from './reading.js';
import { DEALS, queryOf, SampleLog } from './samples.js';
import type { StoreOfTest } from './store-under-test.js';

/** Reading one state, whoever writes meanwhile. */
export function snapshotContract(test: StoreOfTest): void {
  describe('a snapshot', () => {
    it('reads what is there while nobody writes', async () => {
      const log = new SampleLog('tenant');
      const deal = log.created({ name: 'Jane' });
      await test.store.apply(log.batch({ documents: [deal] }));

      const read = await test.store.snapshot(async (snapshot) => [
        await idsOnPage(snapshot, queryOf('tenant')),
        (await allOf(snapshot.scan(DEALS.name))).map(({ id }) => id),
        await snapshot.checkpoint(0),
      ]);

      expect(read).toEqual([[deal.id], [deal.id], log.position]);
    });

    it('never takes two states for one', async () => {
      const log = new SampleLog('tenant');
      await test.store.apply(log.batch({ documents: [log.created()] }));
      const taken = test.store.snapshot(async (snapshot) => {
        const before = await idsOnPage(snapshot, queryOf('tenant'));
        await test.store.apply(log.batch({ documents: [log.created()] }));
        return [before, await idsOnPage(snapshot, queryOf('tenant'))];
      });

      // One store keeps the state, another says that it could not.
      const [before, after] = await taken.catch((error) => {
        expect(error).toBeInstanceOf(ViewsMovedOn);
        return [];
      });
      expect(after).toEqual(before);
      expect(await idsOnPage(test.store, queryOf('tenant'))).toHaveLength(2);
    });

    it('fails with what its reading throws', async () => {
      await expect(test.store.snapshot(() => Promise.reject(new Error('mine')))).rejects.toThrow('mine');
    });
  });
}
