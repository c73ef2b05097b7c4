import { describe, expect, it } from '@jest/globals';
import {
  type Appended,
  AppendTooLarge,
  type NewEvent,
  NO_STREAM,
  OutcomeUnknown,
  StoreUnavailable,
} from '@sillage/kernel';
import { StoreNotOpened } from '../errors.js';
import { BEGINNING, type EventStore } from '../event-store.js';
import { anEvent, aStream, aTenant } from '../testing/samples.js';
import { openEventStoreDb } from './eventstoredb-event-store.js';
import { StoreOnTestServer } from './testing/store-on-test-server.js';

const MEBIBYTE = 1024 * 1024;

describe('an append to EventStoreDB', () => {
  const test = new StoreOnTestServer();
  const tenant = aTenant();

  it('whose answer is lost has an unknown outcome, and is stored once when it is repeated', async () => {
    const store = await test.open({ timeout: 300 });
    const [stream, events] = [aStream(tenant), [anEvent({ tenant }), anEvent({ tenant })]];
    test.server.faults.loseAnswers(1);

    await expect(store.append(stream, NO_STREAM, events)).rejects.toThrow(OutcomeUnknown);
    const repeated = await store.append(stream, NO_STREAM, events);

    const stored = await store.read(stream);
    expect(stored.map(({ id }) => id)).toEqual(events.map(({ id }) => id));
    expect(repeated).toEqual({ revision: 1, position: stored[1]?.position });
  });

  it('is asked again when the connection breaks behind its commit, and so are all others under way', async () => {
    const store = await test.open();
    test.server.faults.delayAppends(20);
    test.server.faults.disconnectBehindCommit();
    const streams = Array.from({ length: 40 }, () => aStream(tenant));

    const results = await Promise.all(streams.map((stream) => store.append(stream, NO_STREAM, [anEvent({ tenant })])));

    const stored = await store.readAll({ after: BEGINNING, limit: 1_000 });
    expect(stored).toHaveLength(40);
    expect(new Set(stored.map(({ position }) => position))).toEqual(new Set(results.map(({ position }) => position)));
  });

  it('is not touched by the end of another store of the process', async () => {
    const [store, other] = [await test.open(), await test.open()];
    await other.append(aStream(tenant), NO_STREAM, [anEvent({ tenant })]);
    test.server.faults.delayAppends(100);

    const appends = Array.from({ length: 10 }, () => store.append(aStream(tenant), NO_STREAM, [anEvent({ tenant })]));
    await other.close();

    await expect(Promise.all(appends)).resolves.toHaveLength(10);
  });

  it('is answered within its time by a server that is frozen, and goes on when it thaws', async () => {
    const store = await test.open({ timeout: 300 });
    const [stream, event] = [aStream(tenant), anEvent({ tenant })];
    test.server.faults.freeze();

    const begin = performance.now();
    const appends = Array.from({ length: 200 }, () => store.append(aStream(tenant), NO_STREAM, [anEvent({ tenant })]));
    const outcomes = await Promise.allSettled([store.append(stream, NO_STREAM, [event]), ...appends]);
    const elapsed = performance.now() - begin;

    expect(elapsed).toBeLessThan(1_500);
    const reasons = outcomes.map((outcome) => (outcome.status === 'rejected' ? outcome.reason : undefined));
    // Those that were still waiting for their turn are known not to be stored.
    expect(reasons.filter((reason) => reason instanceof OutcomeUnknown).length).toBeGreaterThan(0);
    expect(reasons.every((reason) => reason instanceof OutcomeUnknown || reason instanceof StoreUnavailable)).toBe(
      true,
    );

    test.server.faults.thaw();
    await expect(appendUntilKnown(store, stream, event)).resolves.toMatchObject({ revision: 0 });
    expect(await store.read(stream)).toHaveLength(1);
  });

  it('is known not to be stored when there is no server', async () => {
    const store = await test.open();
    const [stream, event] = [aStream(tenant), anEvent({ tenant })];
    test.server.refuse();

    await expect(store.append(stream, NO_STREAM, [event])).rejects.toThrow(StoreUnavailable);
    await expect(store.read(stream)).rejects.toThrow(StoreUnavailable);
    expect(await store.isReachable()).toBe(false);

    await test.server.accept();
    await expect(store.append(stream, NO_STREAM, [event])).resolves.toMatchObject({ revision: 0 });
    expect(await store.isReachable()).toBe(true);
  });

  it('gives the position of a repeat that the answer lacks', async () => {
    const store = await test.open();
    const [stream, events] = [aStream(tenant), [anEvent({ tenant }), anEvent({ tenant })]];
    const first = await store.append(stream, NO_STREAM, events);
    test.server.faults.answerWithoutPosition();

    await expect(store.append(stream, NO_STREAM, events)).resolves.toEqual(first);
  });

  it.each([
    { size: 'what the server was set up for', most: 1_000, bytes: 2_000 },
    { size: 'any message that a server takes', most: MEBIBYTE, bytes: 20 * MEBIBYTE },
  ])('larger than $size is refused, and leaves the others alone', async ({ most, bytes }) => {
    const store = await test.open();
    test.server.faults.limitAppends(most);
    const append = (text: string) => store.append(aStream(tenant), NO_STREAM, [anEvent({ tenant, data: { text } })]);

    const [small, large, alsoSmall] = await Promise.allSettled([append('a'), append('x'.repeat(bytes)), append('b')]);

    expect([small.status, alsoSmall.status]).toEqual(['fulfilled', 'fulfilled']);
    expect(large).toMatchObject({ status: 'rejected', reason: expect.any(AppendTooLarge) });
  });

  it('is one of a thousand at once', async () => {
    const store = await test.open();
    const streams = Array.from({ length: 100 }, () => aStream(tenant));

    const appends = streams.flatMap((stream) =>
      Array.from({ length: 10 }, (_, index) => store.append(stream, index - 1, [anEvent({ tenant })])),
    );

    // Those of a stream are taken in the order in which they came, so that each finds the revision it expects.
    const revisions = (await Promise.all(appends)).map(({ revision }) => revision);
    expect(revisions).toEqual(streams.flatMap(() => Array.from({ length: 10 }, (_, index) => index)));
  });
});

/** A repeat that comes while the first is being written is dropped by the server, and its outcome unknown again. */
async function appendUntilKnown(store: EventStore, stream: string, event: NewEvent): Promise<Appended> {
  for (;;) {
    try {
      return await store.append(stream, NO_STREAM, [event]);
    } catch (error) {
      if (!(error instanceof OutcomeUnknown)) throw error;
    }
  }
}

describe('opening an EventStoreDB store', () => {
  const test = new StoreOnTestServer();

  it('fails when there is no server, and does not tell the password', async () => {
    test.server.refuse();
    const url = test.server.url.replace('esdb://', 'esdb://admin:changeit@');

    const opening = openEventStoreDb({ url });

    await expect(opening).rejects.toThrow(StoreNotOpened);
    await expect(opening).rejects.not.toThrow(/changeit/);
  });

  it('fails when the connection string is none', async () => {
    await expect(openEventStoreDb({ url: 'http://nowhere' })).rejects.toThrow(StoreNotOpened);
  });
});
