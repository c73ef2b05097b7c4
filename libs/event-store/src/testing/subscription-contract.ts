import { describe, expect, it } from '@jest/globals';
import { NO_STREAM } from '@sillage/kernel';
import { BEGINNING } from '../event-store.js';
import { eventually } from './eventually.js';
import { Follower } from './follower.js';
import { anEvent, aStream, aTenant } from './samples.js';
import type { StoreOfTest } from './store-under-test.js';

/** Catch-up subscriptions. */
export function subscriptionContract(test: StoreOfTest): void {
  const append = (tenant: string) => test.store.append(aStream(tenant), NO_STREAM, [anEvent({ tenant })]);
  const appendMany = (tenant: string, count: number) =>
    Promise.all(Array.from({ length: count }, () => append(tenant)));

  describe('a subscription', () => {
    it('gives what is there, then what comes, each event once and in order', async () => {
      const tenant = aTenant();
      const after = await test.store.head();
      await appendMany(tenant, 30);
      const follower = new Follower(test.store, { after, tenant, batchSize: 7 });

      for (let round = 0; round < 10; round += 1) await appendMany(tenant, 10);

      const received = await follower.received(130);
      expect(received).toEqual(await test.store.readAll({ after, limit: 1_000, tenant }));
      expect(Math.max(...follower.batchSizes)).toBeLessThanOrEqual(7);
      await follower.stop();
    });

    it('begins behind any position', async () => {
      const tenant = aTenant();
      await appendMany(tenant, 3);
      const { position } = await append(tenant);
      const next = await append(tenant);
      const follower = new Follower(test.store, { after: position, tenant });

      const last = await append(tenant);

      const received = await follower.received(2);
      expect(received.map((event) => event.position)).toEqual([next.position, last.position]);
      await follower.stop();
    });

    it('gives every event of the streams that are wanted, and tells how far it is beyond those', async () => {
      const tenant = aTenant();
      const after = await test.store.head();
      const wanted = [aStream(tenant), aStream(tenant)];
      const isWanted = (stream: string) => wanted.includes(stream);
      const follower = new Follower(test.store, { after, tenant, batchSize: 3, isWanted });
      for (const stream of wanted) {
        await test.store.append(stream, NO_STREAM, [anEvent({ tenant }), anEvent({ tenant })]);
        await appendMany(tenant, 10);
      }
      const { position } = await append(tenant);

      await eventually('a subscription has gone as far as the log', () => follower.position === position);
      const received = follower.events.filter(({ stream }) => isWanted(stream));
      expect(received.map(({ stream, revision }) => [stream, revision])).toEqual(
        wanted.flatMap((stream) => [
          [stream, 0],
          [stream, 1],
        ]),
      );
      await follower.stop();
    });

    it('begins behind a position that is no event’s, or is yet to come', async () => {
      const tenant = aTenant();
      const first = await append(tenant);
      const before = new Follower(test.store, { after: first.position - 1, tenant });
      expect(await before.received(1)).toEqual(await test.store.readAll({ after: BEGINNING, limit: 10, tenant }));

      const after = first.position + 1;
      const behind = new Follower(test.store, { after, tenant });
      await appendMany(tenant, 5);

      const expected = await test.store.readAll({ after, limit: 10, tenant });
      expect(await behind.received(expected.length)).toEqual(expected);
      expect(expected.length).toBeGreaterThanOrEqual(4);
      await Promise.all([before.stop(), behind.stop()]);
    });

    it('wakes for each event though it has waited', async () => {
      const tenant = aTenant();
      const follower = new Follower(test.store, { after: await test.store.head(), tenant });
      for (let count = 1; count <= 5; count += 1) {
        await append(tenant);
        expect(await follower.received(count)).toHaveLength(count);
      }
      await follower.stop();
    });

    it('keeps no other from going its own way', async () => {
      const tenant = aTenant();
      const after = await test.store.head();
      const [stopped, slow, quick] = [
        new Follower(test.store, { after, tenant }),
        new Follower(test.store, { after, tenant, batchSize: 1 }),
        new Follower(test.store, { after, tenant }),
      ];
      await append(tenant);
      await stopped.received(1);
      await stopped.stop();

      await appendMany(tenant, 20);

      expect(await quick.received(21)).toEqual(await slow.received(21));
      expect(stopped.events).toHaveLength(1);
      await Promise.all([slow.stop(), quick.stop()]);
    });

    it('ends when it is aborted while it waits', async () => {
      const tenant = aTenant();
      const follower = new Follower(test.store, { after: await test.store.head(), tenant });
      await append(tenant);
      await follower.received(1);

      await expect(follower.stop()).resolves.toBeUndefined();
      await append(tenant);
      expect(follower.events).toHaveLength(1);
    });

    it('ends at the batch during which it is aborted', async () => {
      const tenant = aTenant();
      const after = await test.store.head();
      await appendMany(tenant, 10);
      const abort = new AbortController();
      let batches = 0;
      for await (const _ of test.store.subscribe({ after, batchSize: 1, signal: abort.signal })) {
        batches += 1;
        abort.abort();
      }
      expect(batches).toBe(1);
    });

    it('is empty when it was aborted before it began', async () => {
      await append(aTenant());
      const batches: unknown[] = [];
      for await (const batch of test.store.subscribe({ after: 0, batchSize: 1, signal: AbortSignal.abort() })) {
        batches.push(batch);
      }
      expect(batches).toEqual([]);
    });

    it('lets the rest of the program have its turn while it catches up', async () => {
      const tenant = aTenant();
      const after = await test.store.head();
      await appendMany(tenant, 50);
      const abort = new AbortController();
      setImmediate(() => abort.abort());
      let batches = 0;
      for await (const _ of test.store.subscribe({ after, batchSize: 1, signal: abort.signal })) batches += 1;
      expect(batches).toBeLessThan(50);
    });
  });
}
