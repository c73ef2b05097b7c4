import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from '@jest/globals';
import { NO_STREAM } from '@sillage/kernel';
import { BEGINNING } from '../event-store.js';
import { eventually } from '../testing/eventually.js';
import { Follower } from '../testing/follower.js';
import { anEvent, aStream, aTenant } from '../testing/samples.js';
import { StoreOnTestServer } from './testing/store-on-test-server.js';

describe('a subscription to EventStoreDB', () => {
  const test = new StoreOnTestServer();
  const tenant = aTenant();

  it('comes back without a gap or a repeat, however often the connection breaks', async () => {
    const reasons: string[] = [];
    const store = await test.open({ onInterruption: (reason) => reasons.push(reason) });
    const follower = new Follower(store, { after: BEGINNING, tenant, batchSize: 10 });

    await store.append(aStream(tenant), NO_STREAM, [anEvent({ tenant })]);
    await follower.received(1);

    for (let round = 1; round <= 5; round += 1) {
      const appends = Array.from({ length: 60 }, () => store.append(aStream(tenant), NO_STREAM, [anEvent({ tenant })]));
      await test.server.disconnect();
      await Promise.all(appends);
      await follower.received(1 + round * 60);
    }

    expect(await follower.received(301)).toEqual(await store.readAll({ after: BEGINNING, limit: 1_000 }));
    expect(reasons.length).toBeGreaterThanOrEqual(5);
    await follower.stop();
  });

  it('waits for a server that is away', async () => {
    const reasons: string[] = [];
    const store = await test.open({ onInterruption: (reason) => reasons.push(reason) });
    const follower = new Follower(store, { after: BEGINNING, tenant });
    await store.append(aStream(tenant), NO_STREAM, [anEvent({ tenant })]);
    await follower.received(1);
    test.server.refuse();
    await eventually('it has tried in vain', () => reasons.length >= 3);
    await test.server.accept();

    await store.append(aStream(tenant), NO_STREAM, [anEvent({ tenant })]);

    expect(await follower.received(2)).toHaveLength(2);
    await follower.stop();
  });

  it.each(['frozen', 'away'])('ends when it is aborted while the server is %s', async (state) => {
    const store = await test.open();
    const follower = new Follower(store, { after: BEGINNING, tenant });
    await store.append(aStream(tenant), NO_STREAM, [anEvent({ tenant })]);
    await follower.received(1);
    if (state === 'frozen') test.server.faults.freeze();
    else test.server.refuse();

    await expect(follower.stop()).resolves.toBeUndefined();
  });

  it('gives nothing more once it was aborted, though much is at hand', async () => {
    const store = await test.open();
    await store.append(
      aStream(tenant),
      NO_STREAM,
      Array.from({ length: 500 }, () => anEvent({ tenant })),
    );
    const abort = new AbortController();
    const sizes: number[] = [];

    for await (const batch of store.subscribe({ after: BEGINNING, batchSize: 5, signal: abort.signal })) {
      sizes.push(batch.length);
      if (sizes.length === 3) abort.abort();
    }

    expect(sizes).toHaveLength(3);
  });

  it('gathers what is waiting into batches while its consumer works', async () => {
    const store = await test.open();
    await store.append(
      aStream(tenant),
      NO_STREAM,
      Array.from({ length: 900 }, () => anEvent({ tenant })),
    );
    const abort = new AbortController();
    const sizes: number[] = [];

    for await (const batch of store.subscribe({ after: BEGINNING, batchSize: 400, signal: abort.signal })) {
      sizes.push(batch.length);
      if (sizes.reduce((sum, size) => sum + size, 0) === 900) break;
      await sleep(50);
    }

    // More than the stream below holds back by itself.
    expect(Math.max(...sizes)).toBeGreaterThan(16);
  });

  it.each(['first', 'last'] as const)(
    'finds its place by the $event event when it begins beside one',
    async (event) => {
      const reasons: string[] = [];
      const store = await test.open({ onInterruption: (reason) => reasons.push(reason) });
      const stored: number[] = [];
      for (let count = 0; count < 20; count += 1) {
        stored.push((await store.append(aStream(tenant), NO_STREAM, [anEvent({ tenant })])).position);
      }
      const after = (event === 'first' ? stored[0] : stored[18]) ?? 0;
      const follower = new Follower(store, { after: after + 1, tenant });

      const rest = stored.filter((position) => position > after);
      expect((await follower.received(rest.length)).map(({ position }) => position)).toEqual(rest);
      expect(reasons).toEqual([]);
      await follower.stop();
    },
  );

  it('finds its place beside an event when a server that was away is there again', async () => {
    const reasons: string[] = [];
    const store = await test.open({ onInterruption: (reason) => reasons.push(reason) });
    const { position } = await store.append(aStream(tenant), NO_STREAM, [anEvent({ tenant })]);
    const next = await store.append(aStream(tenant), NO_STREAM, [anEvent({ tenant })]);
    test.server.refuse();
    const follower = new Follower(store, { after: position + 1, tenant });
    await eventually('it has tried in vain', () => reasons.length >= 2);
    await test.server.accept();

    expect((await follower.received(1)).map((event) => event.position)).toEqual([next.position]);
    await follower.stop();
  });
});
