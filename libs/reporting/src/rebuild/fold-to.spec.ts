import { describe, expect, it } from '@jest/globals';
import type { EventFeed } from '@sillage/event-feed';
import { REPORTING_SCHEMA } from '../schema.js';
import { Faults } from '../testing/faults.js';
import { InMemoryViewStore } from '../testing/in-memory-view-store.js';
import { TestFeed, TestLog } from '../testing/test-log.js';
import { viewsOf } from '../testing/views-of.js';
import { checksum } from '../verification/checksum.js';
import { type FoldOptions, type FoldProgress, foldTo } from './fold-to.js';
import { ONE_PARTITION, type Partitioning } from './partitioning.js';

const MANY = 6_000;

const NEVER_STOPPED = { signal: new AbortController().signal };

describe('folding views anew', () => {
  it('makes what a projector has made', async () => {
    const { log, end, store, fold } = given(25);
    expect(await fold(end)).toEqual({ events: 25, position: end });
    expect(await checksum(store)).toBe(await checksum((await viewsOf(log)).store));
  });

  it('ends exactly where it is asked to, also between two events of a batch', async () => {
    const { log, store, fold } = given(25);
    const middle = log.events[12]?.position ?? 0;
    expect(await fold(middle + 1)).toEqual({ events: 13, position: middle + 1 });
    expect(await store.checkpoint(0)).toBe(middle + 1);
    expect(await fold(middle)).toEqual({ events: 0, position: middle + 1 });
  });

  it('tells how far it is, and writes much at a time', async () => {
    const { end, fold } = given(MANY);
    const told: FoldProgress[] = [];
    await fold(end, { onProgress: (progress) => told.push(progress) });
    expect(told).toEqual([
      { events: 2_500, position: 7_500 },
      { events: 5_000, position: 15_000 },
      { events: MANY, position: end },
    ]);
  });

  it('goes on where it was interrupted', async () => {
    const { log, end, store, fold } = given(MANY);
    const stop = new AbortController();
    const first = fold(end, { signal: stop.signal, onProgress: () => stop.abort(new Error('enough')) });
    await expect(first).rejects.toThrow('enough');
    expect(await store.checkpoint(0)).toBe(7_500);

    expect(await fold(end)).toEqual({ events: 3_500, position: end });
    expect(await checksum(store)).toBe(await checksum((await viewsOf(log)).store));
  });

  it('fails with its store, and leaves what was written', async () => {
    const { end, store, fold } = given(MANY);
    let writes = 0;
    new Faults(store).at = () => {
      writes += 1;
      if (writes > 2) throw new Error('disk full');
    };
    await expect(fold(end)).rejects.toThrow('disk full');
    expect(await store.checkpoint(0)).toBe(7_500);
  });
});

describe('folding views that are kept by partition', () => {
  /** By the last letter of the tenant's name; the third has none. */
  const partitioning: Partitioning = { partitions: 3, partitionOf: (tenant) => Number(tenant.at(-1)) };

  function givenTenants() {
    const log = new TestLog();
    for (let which = 0; which < 40; which += 1) {
      log.tell(`prospects/${which}`, { name: `Prospect ${which}` }, { tenant: `tenant${which % 2}` });
    }
    const store = new InMemoryViewStore(REPORTING_SCHEMA);
    const fold = (...to: readonly number[]) =>
      foldTo({ ...NEVER_STOPPED, feed: new TestFeed(log), store, partitioning, to });
    const checkpoints = () => Promise.all([0, 1, 2].map((partition) => store.checkpoint(partition)));
    return { log, store, fold, checkpoints, end: log.events.at(-1)?.position ?? 0 };
  }

  it('brings each to its own place', async () => {
    const { store, fold, checkpoints } = givenTenants();
    expect(await fold(30, 60, 0)).toEqual({ events: 15, position: 60 });
    expect(await checkpoints()).toEqual([30, 60, 0]);
    expect([await store.positionOf('tenant0'), await store.positionOf('tenant1')]).toEqual([30, 60]);
  });

  it('goes on with each where it is, and leaves those that are beyond', async () => {
    const { log, store, fold, checkpoints, end } = givenTenants();
    await fold(30, 60, 0);
    expect(await fold(end, 45, end)).toMatchObject({ events: 15 });
    expect(await checkpoints()).toEqual([end, 60, end]);
    await fold(end, end, end);
    expect(await checksum(store)).toBe(await checksum((await viewsOf(log)).store));
  });
});

function given(prospects: number) {
  const log = new TestLog();
  for (let which = 0; which < prospects; which += 1) log.tell(`prospects/${which}`, { name: `Prospect ${which}` });
  const feed: EventFeed = new TestFeed(log, 500);
  const store = new InMemoryViewStore(REPORTING_SCHEMA);
  const fold = (to: number, options: Partial<FoldOptions> = {}) =>
    foldTo({ ...NEVER_STOPPED, feed, store, partitioning: ONE_PARTITION, to: [to], ...options });
  return { log, store, fold, end: log.events.at(-1)?.position ?? 0 };
}
