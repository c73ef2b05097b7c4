import { describe, expect, it } from '@jest/globals';
import type { EventFeed } from '@sillage/event-feed';
import { REPORTING_SCHEMA } from '../schema.js';
import { Faults } from '../testing/faults.js';
import { InMemoryViewStore } from '../testing/in-memory-view-store.js';
import { TestFeed, TestLog } from '../testing/test-log.js';
import { Projector, type ProjectorNotice } from './projector.js';

describe('a projector', () => {
  it('brings the views up to the log, and says so to those who wait', async () => {
    const { log, projector, run } = given();
    const advanced: number[] = [];
    const forget = projector.onAdvance((position) => advanced.push(position));
    const end = log.tell('prospects/a', { name: 'Ada' });
    expect(await projector.waitFor('acme', end, 1)).toBe(false);
    await run(async () => {
      expect(await projector.waitFor('acme', end, 5_000)).toBe(true);
      expect(projector.position).toBe(end);
      expect(await projector.waitFor('acme', end, 0)).toBe(true);
      expect(await projector.waitFor('acme', end + 1, 1)).toBe(false);
      expect(advanced).toEqual([end]);
      forget();
    });
  });

  it('goes on from the checkpoint', async () => {
    const { log, store, run, projector } = given();
    const middle = log.tell('prospects/a', { name: 'Ada' });
    await run(async () => void (await projector.waitFor('acme', middle, 5_000)));
    const end = log.tell('prospects/b', { name: 'Bea' });
    const followed: number[] = [];
    const second = given({ log, store, onFollow: (after) => followed.push(after) });
    await second.run(async () => {
      expect(await second.projector.waitFor('acme', end, 5_000)).toBe(true);
    });
    expect(followed).toEqual([middle]);
  });

  it('survives a store that fails, waits longer each time, and says so', async () => {
    const { log, store, projector, notices, run } = given();
    const end = log.tell('prospects/a', { name: 'Ada' });
    let failures = 3;
    new Faults(store).at = (moment) => {
      if (moment === 'before' && failures-- > 0) throw new Error('disk on fire');
    };
    await run(async () => {
      expect(await projector.waitFor('acme', end, 5_000)).toBe(true);
    });
    expect(notices).toEqual([
      { kind: 'failed', error: new Error('disk on fire'), retryInMs: 1 },
      { kind: 'failed', error: new Error('disk on fire'), retryInMs: 2 },
      { kind: 'failed', error: new Error('disk on fire'), retryInMs: 4 },
      { kind: 'recovered', position: end },
    ]);
  });

  it('writes nothing twice when it never learned that it was written', async () => {
    const { log, store, projector, run } = given();
    const end = log.tell('prospects/a', { name: 'Ada' });
    let failures = 1;
    new Faults(store).at = (moment) => {
      if (moment === 'after' && failures-- > 0) throw new Error('connection lost');
    };
    await run(async () => {
      expect(await projector.waitFor('acme', end, 5_000)).toBe(true);
    });
    const [cell] = await store.cells('prospects-pipeline-stage', 'acme', []);
    expect(cell?.measures).toEqual({ count: 1n });
  });

  it('survives a feed that ends', async () => {
    const { projector, run, notices, log } = given({ feedEnds: 2 });
    const end = log.tell('prospects/a', { name: 'Ada' });
    await run(async () => {
      expect(await projector.waitFor('acme', end, 5_000)).toBe(true);
    });
    expect(notices.map(({ kind }) => kind)).toEqual(['failed', 'failed', 'recovered']);
  });

  it('tells of an event that parked its record', async () => {
    const { log, projector, notices, run } = given();
    log.tellBroken('prospects/a', { id: 'a' });
    const end = log.tell('prospects/b', { name: 'Bea' });
    await run(async () => {
      expect(await projector.waitFor('acme', end, 5_000)).toBe(true);
    });
    const event = { subject: 'prospects/a', reason: 'the record does not say when it began' };
    expect(notices).toMatchObject([{ kind: 'parked', event }]);
  });
});

interface Given {
  readonly log?: TestLog;
  readonly store?: InMemoryViewStore;
  readonly onFollow?: (after: number) => void;
  /** How often the feed ends by itself before it follows. */
  readonly feedEnds?: number;
}

function given({
  log = new TestLog(),
  store = new InMemoryViewStore(REPORTING_SCHEMA),
  onFollow,
  feedEnds = 0,
}: Given = {}) {
  const notices: ProjectorNotice[] = [];
  const source = new TestFeed(log);
  let ends = feedEnds;
  const feed: EventFeed = {
    head: () => source.head(),
    async *follow(options) {
      onFollow?.(options.after);
      if (ends-- > 0) return;
      yield* source.follow(options);
    },
  };
  const projector = new Projector({
    feed,
    store,
    log: (notice) => notices.push(notice),
    backOff: { first: 1, most: 1_000 },
  });
  /** Runs the projector while something is done. */
  const run = async (meanwhile: () => Promise<void>) => {
    const stop = new AbortController();
    const ended = projector.run(stop.signal);
    try {
      await meanwhile();
    } finally {
      stop.abort();
      await ended;
    }
  };
  return { log, store, projector, notices, run };
}
