import { describe, expect, it } from '@jest/globals';
import { NO_STREAM, StoreUnavailable } from '@sillage/kernel';
import { BEGINNING } from '../event-store.js';
import { anEvent, aStream, aTenant } from '../testing/samples.js';
import { StoreOnTestServer } from './testing/store-on-test-server.js';

describe('a read from EventStoreDB', () => {
  const test = new StoreOnTestServer();
  const tenant = aTenant();
  const events = (count: number) => Array.from({ length: count }, () => anEvent({ tenant }));

  it('of a stream is whole or fails', async () => {
    const store = await test.open();
    const stream = aStream(tenant);
    await store.append(stream, NO_STREAM, events(10));

    for (let responses = 0; responses <= 10; responses += 1) {
      test.server.faults.breakRead(responses);
      const read = await store.read(stream).then(
        (found) => found.length,
        (error: unknown) => error,
      );
      // Behind the last event comes nothing that could fail.
      if (responses < 10) expect(read).toBeInstanceOf(StoreUnavailable);
      else expect(read).toBe(10);
      // Ends the fault when the read did not.
      await store.read(aStream(tenant));
    }
  });

  it('of a page that breaks gives what it has, and the next page the rest', async () => {
    const store = await test.open();
    const stream = aStream(tenant);
    await store.append(stream, NO_STREAM, events(10));
    // The first response confirms the subscription.
    test.server.faults.breakRead(1 + 4);

    const page = await store.readAll({ after: BEGINNING, limit: 100, tenant });
    const rest = await store.readAll({ after: page.at(-1)?.position ?? BEGINNING, limit: 100, tenant });

    expect(page).toHaveLength(4);
    expect([...page, ...rest]).toEqual(await store.read(stream));
  });

  it('fails when it breaks before the first event, so that nobody takes it for the end', async () => {
    const store = await test.open();
    await store.append(aStream(tenant), NO_STREAM, events(1));
    test.server.faults.breakRead(1);

    await expect(store.readAll({ after: BEGINNING, limit: 100, tenant })).rejects.toThrow(StoreUnavailable);
  });

  it.each([
    { of: 'a stream', read: 'read' },
    { of: 'a page', read: 'readAll' },
  ] as const)('of $of fails in its time when the server is frozen', async ({ read }) => {
    const store = await test.open({ timeout: 200 });
    test.server.faults.freeze();

    const begin = performance.now();
    const reading = read === 'read' ? store.read(aStream(tenant)) : store.readAll({ after: BEGINNING, limit: 1 });
    await expect(reading).rejects.toThrow(StoreUnavailable);
    expect(performance.now() - begin).toBeLessThan(1_500);
    test.server.faults.thaw();
  });

  it('ends when the store is closed', async () => {
    const store = await test.open();
    test.server.faults.freeze();
    const reading = [store.read(aStream(tenant)), store.head(), store.readAll({ after: BEGINNING, limit: 1 })];

    const outcomes = Promise.allSettled(reading);
    await store.close();

    for (const outcome of await outcomes) {
      expect(outcome).toMatchObject({ status: 'rejected', reason: expect.any(StoreUnavailable) });
    }
  });
});
