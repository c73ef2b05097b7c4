import { describe, expect, it } from '@jest/globals';
import { NO_STREAM, type StoredEvent } from '@sillage/kernel';
import { BEGINNING, type EventStore } from '../event-store.js';
import { anEvent, aStream, aTenant } from './samples.js';
import type { StoreOfTest } from './store-under-test.js';

/** The one order of all events. */
export function logContract(test: StoreOfTest): void {
  describe('readAll', () => {
    it('gives every event once, in one order that keeps the order of each stream, whatever the pages', async () => {
      const tenant = aTenant();
      const before = await test.store.head();
      const streams = await appendInterleaved(test.store, tenant, { streams: 5, appends: 8 });

      for (const limit of [1, 7, 1_000]) {
        const events = await readPages(test.store, { after: before, limit, tenant });

        expect(isGrowing(events.map(({ position }) => position))).toBe(true);
        for (const stream of streams) {
          const ofStream = events.filter((event) => event.stream === stream);
          expect(ofStream).toEqual(await test.store.read(stream));
        }
        expect(events).toHaveLength(5 * 8 * 2);
      }
    });

    it('gives the events of one tenant only, when asked for one', async () => {
      const [mine, theirs] = [aTenant(), aTenant()];
      const before = await test.store.head();
      const append = (tenant: string) => test.store.append(aStream(tenant), NO_STREAM, [anEvent({ tenant })]);
      for (let round = 0; round < 10; round += 1) await Promise.all([append(mine), append(theirs)]);

      const ofMine = await test.store.readAll({ after: before, limit: 100, tenant: mine });
      const ofAll = await test.store.readAll({ after: before, limit: 1_000 });

      expect(ofMine.map(({ metadata }) => metadata.tenant)).toEqual(Array.from({ length: 10 }, () => mine));
      expect(ofAll.filter(({ metadata }) => metadata.tenant === mine)).toEqual(ofMine);
      expect(ofAll.filter(({ metadata }) => metadata.tenant === theirs)).toHaveLength(10);
      expect(await test.store.readAll({ after: before, limit: 100, tenant: aTenant() })).toEqual([]);
    });

    it('begins behind any position, be it an event’s or none’s, also within an append', async () => {
      const tenant = aTenant();
      const before = await test.store.head();
      await test.store.append(aStream(tenant), NO_STREAM, [
        anEvent({ tenant }),
        anEvent({ tenant }),
        anEvent({ tenant }),
      ]);
      await test.store.append(aStream(tenant), NO_STREAM, [anEvent({ tenant })]);
      const all = await test.store.readAll({ after: before, limit: 10, tenant });
      const near = all.flatMap(({ position }) => [position - 1, position, position + 1]);

      for (const after of [BEGINNING, 1, ...near, Number.MAX_SAFE_INTEGER]) {
        const behind = all.filter(({ position }) => position > after);
        expect(await test.store.readAll({ after, limit: 10, tenant })).toEqual(behind);
      }
    });

    it('begins behind a position', async () => {
      const tenant = aTenant();
      const first = await test.store.append(aStream(tenant), NO_STREAM, [anEvent({ tenant })]);
      const second = await test.store.append(aStream(tenant), NO_STREAM, [anEvent({ tenant })]);

      const behindFirst = await test.store.readAll({ after: first.position, limit: 10, tenant });

      expect(behindFirst.map(({ position }) => position)).toEqual([second.position]);
    });
  });

  describe('head', () => {
    it('is where the last event is, from the beginning on', async () => {
      const tenant = aTenant();
      const before = await test.store.head();
      const { position } = await test.store.append(aStream(tenant), NO_STREAM, [anEvent({ tenant })]);
      const after = await test.store.head();

      expect(before).toBeGreaterThanOrEqual(BEGINNING);
      expect(position).toBeGreaterThan(before);
      // Others may append to the store meanwhile.
      expect(after).toBeGreaterThanOrEqual(position);
      expect(await test.store.readAll({ after, limit: 10, tenant })).toEqual([]);
    });
  });
}

interface Shape {
  readonly streams: number;
  readonly appends: number;
}

/** Appends two events at a time to several streams at once. */
async function appendInterleaved(store: EventStore, tenant: string, { streams, appends }: Shape): Promise<string[]> {
  const names = Array.from({ length: streams }, () => aStream(tenant));
  const fill = async (stream: string) => {
    let expected = NO_STREAM;
    for (let round = 0; round < appends; round += 1) {
      const { revision } = await store.append(stream, expected, [anEvent({ tenant }), anEvent({ tenant })]);
      expected = revision;
    }
  };
  await Promise.all(names.map(fill));
  return names;
}

interface Pages {
  readonly after: number;
  readonly limit: number;
  readonly tenant: string;
}

async function readPages(store: EventStore, { after, limit, tenant }: Pages): Promise<StoredEvent[]> {
  const page = await store.readAll({ after, limit, tenant });
  const last = page.at(-1);
  expect(page.length).toBeLessThanOrEqual(limit);
  return last ? [...page, ...(await readPages(store, { after: last.position, limit, tenant }))] : [];
}

function isGrowing(numbers: readonly number[]): boolean {
  return numbers.every((number, index) => index === 0 || number > (numbers[index - 1] ?? number));
}
