import { describe, expect, it } from '@jest/globals';
import type { EventFeed } from '@sillage/event-feed';
import { REPORTING_SCHEMA } from '../schema.js';
import { InMemoryViewStore } from '../testing/in-memory-view-store.js';
import { TestFeed, TestLog } from '../testing/test-log.js';
import { viewsOf } from '../testing/views-of.js';
import { checksum } from '../verification/checksum.js';
import { type RebuildProgress, rebuild } from './rebuild.js';

describe('a rebuild', () => {
  it('makes a generation that equals the one that serves, and tells how far it is', async () => {
    const log = prospects(25);
    const told: RebuildProgress[] = [];
    const store = await rebuild({ ...given(log), onProgress: (progress) => told.push(progress) });
    expect(await checksum(store)).toBe(await checksum((await viewsOf(log)).store));
    expect(told).toEqual([
      { events: 10, position: 30, head: 75 },
      { events: 20, position: 60, head: 75 },
      { events: 25, position: 75, head: 75 },
    ]);
  });

  it('of an empty log is an empty generation', async () => {
    const store = await rebuild(given(new TestLog()));
    expect(await store.checkpoint(0)).toBe(0);
  });

  it('goes on where it was interrupted', async () => {
    const log = prospects(25);
    const store = new InMemoryViewStore(REPORTING_SCHEMA);
    const stop = new AbortController();
    const first = rebuild({
      ...given(log, store),
      signal: stop.signal,
      onProgress: () => stop.abort(new Error('enough')),
    });
    await expect(first).rejects.toThrow('enough');
    expect(await store.checkpoint(0)).toBe(30);

    const told: RebuildProgress[] = [];
    await rebuild({ ...given(log, store), onProgress: (progress) => told.push(progress) });
    expect(told.map(({ events }) => events)).toEqual([10, 15]);
    expect(await checksum(store)).toBe(await checksum((await viewsOf(log)).store));
  });

  it('catches up with what comes meanwhile, but chases nobody for ever', async () => {
    const log = prospects(5);
    const feed = new TestFeed(log, 1);
    let heads = 0;
    const moving: EventFeed = {
      // Whoever asks for the head makes it move.
      head: () => {
        heads += 1;
        log.tell(`prospects/later-${heads}`, { name: 'Later' });
        return feed.head();
      },
      async *follow(options) {
        let after = options.after;
        for (;;) {
          const events = log.events.filter(({ position }) => position > after).slice(0, 1);
          after = events[0]?.position ?? after;
          yield { events, position: after };
        }
      },
    };
    const store = await rebuild({ ...given(log), feed: moving });
    expect(heads).toBe(6);
    expect(await store.checkpoint(0)).toBe(30);
  });

  it('closes what it began when it fails', async () => {
    const store = new InMemoryViewStore(REPORTING_SCHEMA);
    let isClosed = false;
    store.close = async () => void (isClosed = true);
    store.faults = () => {
      throw new Error('disk full');
    };
    await expect(rebuild(given(prospects(1), store))).rejects.toThrow('disk full');
    expect(isClosed).toBe(true);
  });
});

function prospects(count: number): TestLog {
  const log = new TestLog();
  for (let which = 0; which < count; which += 1) log.tell(`prospects/${which}`, { name: `Prospect ${which}` });
  return log;
}

function given(log: TestLog, store = new InMemoryViewStore(REPORTING_SCHEMA)) {
  return { feed: new TestFeed(log), open: async () => store, signal: new AbortController().signal };
}
