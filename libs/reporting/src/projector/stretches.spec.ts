import { describe, expect, it } from '@jest/globals';
import { TestLog } from '../testing/test-log.js';
import { stretches } from './stretches.js';

const FREE = { events: 1_000, bytes: 1_000_000 };

describe('a stretch of the log', () => {
  it('has at most so many events, and ends where the feed says only when it is the last', () => {
    const events = eventsOf('a', 'b', 'c', 'd', 'e');
    expect(cut({ events, position: 99 }, 0, { ...FREE, events: 2 })).toEqual([
      { ids: ['a', 'b'], position: 6 },
      { ids: ['c', 'd'], position: 12 },
      { ids: ['e'], position: 99 },
    ]);
  });

  it('has at most so many bytes, but always an event', () => {
    const events = eventsOf('a', 'b', 'c');
    const ofEachOne = [
      { ids: ['a'], position: 3 },
      { ids: ['b'], position: 6 },
      { ids: ['c'], position: 9 },
    ];
    expect(cut({ events, position: 9 }, 0, { ...FREE, bytes: 1 })).toEqual(ofEachOne);
  });

  it('leaves out what was there already, wherever it comes', () => {
    const events = eventsOf('a', 'b', 'c');
    const twice = [...events, ...events];
    expect(cut({ events: twice, position: 9 }, 3, FREE)).toEqual([{ ids: ['b', 'c'], position: 9 }]);
    expect(cut({ events, position: 9 }, 9, FREE)).toEqual([]);
  });

  it('goes beyond its events where nothing there is of interest', () => {
    expect(cut({ events: [], position: 7 }, 3, FREE)).toEqual([{ ids: [], position: 7 }]);
    expect(cut({ events: [], position: 3 }, 3, FREE)).toEqual([]);
  });
});

function eventsOf(...ids: readonly string[]) {
  const log = new TestLog();
  for (const id of ids) log.tell(`prospects/${id}`, { name: id, notes: 'x'.repeat(100) });
  return log.events;
}

function cut(...given: Parameters<typeof stretches>) {
  return [...stretches(...given)].map(({ events, position }) => ({
    ids: events.map(({ data }) => data.record.id),
    position,
  }));
}
