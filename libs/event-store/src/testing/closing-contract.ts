import { describe, expect, it } from '@jest/globals';
import { NO_STREAM, StoreUnavailable } from '@sillage/kernel';
import { Follower } from './follower.js';
import { anEvent, aStream, aTenant } from './samples.js';
import type { StoreOfTest } from './store-under-test.js';

/** What a store is before and behind a restart. */
export function closingContract(test: StoreOfTest): void {
  describe('a store that was closed and opened again', () => {
    it('is the same store', async () => {
      const tenant = aTenant();
      const stream = aStream(tenant);
      const before = await test.store.head();
      const creation = [anEvent({ tenant, data: { name: 'Ærø' } }), anEvent({ tenant })];
      const created = await test.store.append(stream, NO_STREAM, creation);
      const stored = await test.store.read(stream);

      const store = await test.restart();

      expect(await store.read(stream)).toEqual(stored);
      expect(await store.readAll({ after: before, limit: 10, tenant })).toEqual(stored);
      expect(await store.append(stream, NO_STREAM, creation)).toEqual(created);
      const changed = await store.append(stream, 1, [anEvent({ tenant })]);
      expect(changed.revision).toBe(2);
      expect(changed.position).toBeGreaterThan(created.position);
    });

    it('has each append that was under way if it was acknowledged, and whole or not at all', async () => {
      const tenant = aTenant();
      const streams = Array.from({ length: 50 }, () => aStream(tenant));
      const appends = streams.map((stream) =>
        test.store.append(stream, NO_STREAM, [anEvent({ tenant }), anEvent({ tenant })]),
      );

      const [results, store] = await Promise.all([Promise.allSettled(appends), test.restart()]);

      for (const [index, stream] of streams.entries()) {
        const stored = await store.read(stream);
        expect([0, 2]).toContain(stored.length);
        if (results[index]?.status === 'fulfilled') expect(stored).toHaveLength(2);
      }
    });
  });

  describe('close', () => {
    it('ends the subscriptions', async () => {
      const tenant = aTenant();
      const follower = new Follower(test.store, { after: await test.store.head(), tenant });
      await test.store.append(aStream(tenant), NO_STREAM, [anEvent({ tenant })]);
      await follower.received(1);

      await test.store.close();

      await expect(follower.ended).resolves.toBeUndefined();
    });

    it('leaves a store that says it is closed', async () => {
      const tenant = aTenant();
      const { store } = test;
      await store.close();

      await expect(store.append(aStream(tenant), NO_STREAM, [anEvent({ tenant })])).rejects.toThrow(StoreUnavailable);
      await expect(store.read(aStream(tenant))).rejects.toThrow(StoreUnavailable);
      await expect(store.readLast(aStream(tenant))).rejects.toThrow(StoreUnavailable);
      await expect(store.readAll({ after: 0, limit: 1 })).rejects.toThrow(StoreUnavailable);
      await expect(store.head()).rejects.toThrow(StoreUnavailable);
    });

    it('may be repeated', async () => {
      await test.store.close();
      await expect(test.store.close()).resolves.toBeUndefined();
    });
  });
}
