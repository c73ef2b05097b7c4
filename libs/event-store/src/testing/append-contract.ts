import { describe, expect, it } from '@jest/globals';
import {
  AppendTooLarge,
  MOST_APPENDED_BYTES,
  type NewEvent,
  NO_STREAM,
  newId,
  WrongExpectedRevision,
} from '@sillage/kernel';
import fc from 'fast-check';
import { anEvent, aStream, aTenant } from './samples.js';
import type { StoreOfTest } from './store-under-test.js';

const KIBIBYTE = 1024;

/** In bytes of JSON, as the store counts. */
function sizeOf(events: readonly NewEvent[]): number {
  const json = events.map(({ data, metadata }) => JSON.stringify(data) + JSON.stringify(metadata));
  return Buffer.byteLength(json.join(''));
}

/** Streams: what is appended is read back, at the revision expected or not at all, and once. */
export function appendContract(test: StoreOfTest): void {
  const tenant = aTenant();
  const events = (count: number) => Array.from({ length: count }, () => anEvent({ tenant }));

  describe('read', () => {
    it('gives what was appended, with its place', async () => {
      const stream = aStream(tenant);
      const [first, second, third] = [anEvent({ tenant }), anEvent({ tenant }), anEvent({ tenant })];

      const created = await test.store.append(stream, NO_STREAM, [first]);
      const changed = await test.store.append(stream, 0, [second, third]);

      const stored = await test.store.read(stream);
      expect(stored).toEqual([
        { ...first, stream, revision: 0, position: created.position },
        { ...second, stream, revision: 1, position: expect.any(Number) },
        { ...third, stream, revision: 2, position: changed.position },
      ]);
      expect([created.revision, changed.revision]).toEqual([0, 2]);
      expect(stored[1]?.position).toBeGreaterThan(created.position);
      expect(stored[1]?.position).toBeLessThan(changed.position);
    });

    it('begins at a revision', async () => {
      const stream = aStream(tenant);
      await test.store.append(stream, NO_STREAM, events(5));

      const revisions = (await test.store.read(stream, 3)).map(({ revision }) => revision);

      expect(revisions).toEqual([3, 4]);
      expect(await test.store.read(stream, 5)).toEqual([]);
    });

    it('gives nothing of a stream that is not there', async () => {
      expect(await test.store.read(aStream(tenant))).toEqual([]);
    });

    it('gives any JSON back as it was', async () => {
      const data = fc.dictionary(fc.string({ unit: 'binary' }), fc.jsonValue({ stringUnit: 'binary', maxDepth: 2 }), {
        maxKeys: 5,
      });
      await fc.assert(
        fc.asyncProperty(data, async (generated) => {
          const stream = aStream(tenant);
          // As JSON has it: a generated object may hold more, such as -0 or an undefined member.
          const json = JSON.parse(JSON.stringify(generated));
          await test.store.append(stream, NO_STREAM, [anEvent({ tenant, data: json })]);

          const [stored] = await test.store.read(stream);

          expect(JSON.stringify(stored?.data)).toBe(JSON.stringify(json));
        }),
        { numRuns: 30 },
      );
    });

    it('gives large and foreign text back as it was', async () => {
      const stream = aStream(tenant);
      // A store that seals text makes it a third longer, which counts for what is appended at once.
      const data = { note: 'Žluťoučký 日本語 👩‍👩‍👧 \u0000 \ud800'.repeat(10), large: 'é'.repeat(370 * KIBIBYTE) };
      const metadata = { actor: 'Søren Ærøskøbing', fingerprint: 'f'.repeat(32), causationId: 'ça va' };
      const event = anEvent({ tenant, type: 'NoteAdded', data, metadata });
      await test.store.append(stream, NO_STREAM, [event]);

      const [stored] = await test.store.read(stream);

      expect(stored).toEqual({ ...event, stream, revision: 0, position: expect.any(Number) });
    });
  });

  describe('readLast', () => {
    it('gives the last event of a stream, and nothing of one that is not there', async () => {
      const stream = aStream(tenant);
      expect(await test.store.readLast(stream)).toBeUndefined();
      await test.store.append(stream, NO_STREAM, events(3));

      expect(await test.store.readLast(stream)).toEqual((await test.store.read(stream)).at(-1));
    });
  });

  describe('keepLast', () => {
    it('leaves the last events of a stream, and lets it grow', async () => {
      const stream = aStream(tenant);
      const all = events(5);
      await test.store.append(stream, NO_STREAM, all.slice(0, 4));

      await test.store.keepLast(stream, 2);
      await test.store.keepLast(stream, 2);

      expect(await test.store.append(stream, 3, all.slice(4))).toMatchObject({ revision: 4 });
      expect(await test.store.readLast(stream)).toMatchObject({ id: all[4]?.id, revision: 4 });
      const left = (await test.store.read(stream)).map(({ id }) => id);
      expect(left.length).toBeGreaterThanOrEqual(2);
      expect(left).toEqual(all.slice(-left.length).map(({ id }) => id));
    });

    it('may be asked for a stream that is yet to begin, and by several at once', async () => {
      const stream = aStream(tenant);
      await Promise.all([1, 2, 3].map(() => test.store.keepLast(stream, 1)));
      expect(await test.store.append(stream, NO_STREAM, events(2))).toMatchObject({ revision: 1 });
      expect(await test.store.readLast(stream)).toMatchObject({ revision: 1 });
    });
  });

  describe('append', () => {
    it.each([
      { at: 'a stream that is not there', existing: 0, expected: 0 },
      { at: 'the beginning of a stream that is there', existing: 1, expected: NO_STREAM },
      { at: 'a revision before the last', existing: 3, expected: 1 },
      { at: 'a revision that is yet to come', existing: 3, expected: 3 },
    ])('is refused at $at', async ({ existing, expected }) => {
      const stream = aStream(tenant);
      if (existing > 0) await test.store.append(stream, NO_STREAM, events(existing));

      const refused = test.store.append(stream, expected, events(2));

      await expect(refused).rejects.toThrow(WrongExpectedRevision);
      await expect(refused).rejects.toMatchObject({ stream, expected });
      expect(await test.store.read(stream)).toHaveLength(existing);
    });

    it('refuses to append nothing', async () => {
      await expect(test.store.append(aStream(tenant), NO_STREAM, [])).rejects.toThrow(RangeError);
    });

    it('takes no more bytes at once than every store does, and leaves the other appends alone', async () => {
      const [one, other] = [anEvent({ tenant }), anEvent({ tenant })];
      const left = MOST_APPENDED_BYTES - sizeOf([one, other]);
      const filled = (bytes: number) => [{ ...one, data: { text: 'x'.repeat(bytes) } }, other];
      const frame = sizeOf(filled(0)) - sizeOf([one, other]);
      const [refused, accepted] = [aStream(tenant), aStream(tenant)];

      const outcomes = await Promise.allSettled([
        test.store.append(refused, NO_STREAM, filled(left - frame + 1)),
        test.store.append(accepted, NO_STREAM, filled(left - frame)),
      ]);

      expect(outcomes).toMatchObject([
        { status: 'rejected', reason: expect.any(AppendTooLarge) },
        { status: 'fulfilled', value: { revision: 1 } },
      ]);
      expect(await test.store.read(refused)).toEqual([]);
    });

    it('lets exactly one of many at the same revision win, and stores it whole', async () => {
      const stream = aStream(tenant);
      await test.store.append(stream, NO_STREAM, events(1));
      const rivals = Array.from({ length: 20 }, () => events(3));

      const results = await Promise.allSettled(rivals.map((rival) => test.store.append(stream, 0, rival)));

      const winners = rivals.filter((_, index) => results[index]?.status === 'fulfilled');
      const losses = results.flatMap((result) => (result.status === 'rejected' ? [result.reason] : []));
      const stored = await test.store.read(stream, 1);
      expect(winners).toHaveLength(1);
      expect(losses.every((reason) => reason instanceof WrongExpectedRevision)).toBe(true);
      expect(stored.map(({ id }) => id)).toEqual(winners[0]?.map(({ id }) => id));
    });

    it('keeps the streams of many at once apart', async () => {
      const streams = Array.from({ length: 50 }, () => aStream(tenant));

      const results = await Promise.all(streams.map((stream) => test.store.append(stream, NO_STREAM, events(2))));

      const stored = await Promise.all(streams.map((stream) => test.store.read(stream)));
      expect(new Set(results.map(({ position }) => position)).size).toBe(50);
      expect(stored.map((all) => all.at(-1)?.position)).toEqual(results.map(({ position }) => position));
    });

    it('is stored in the order in which appends to different streams were asked for', async () => {
      const asked = Array.from({ length: 200 }, (_, index) => events(1 + (index % 3)));

      const results = await Promise.all(asked.map((some) => test.store.append(aStream(tenant), NO_STREAM, some)));

      const positions = results.map(({ position }) => position);
      expect(positions).toEqual(positions.toSorted((a, b) => a - b));
    });

    it('is seen by a read as soon as it resolves', async () => {
      const stream = aStream(tenant);
      for (let expected = NO_STREAM; expected < 20; expected += 1) {
        await test.store.append(stream, expected, events(1));
        expect(await test.store.read(stream, expected + 1)).toHaveLength(1);
      }
    });
  });

  describe('a repeat', () => {
    it('gives the first result and stores nothing', async () => {
      const stream = aStream(tenant);
      const [creation, change] = [events(1), events(3)];
      const created = await test.store.append(stream, NO_STREAM, creation);
      const changed = await test.store.append(stream, 0, change);
      await test.store.append(stream, 3, events(1));

      expect(await test.store.append(stream, NO_STREAM, creation)).toEqual(created);
      expect(await test.store.append(stream, 0, change)).toEqual(changed);
      expect(await test.store.read(stream)).toHaveLength(5);
    });

    it('stores once though it overtakes the first answer', async () => {
      const stream = aStream(tenant);
      const creation = events(2);

      const results = await Promise.all([1, 2, 3].map(() => test.store.append(stream, NO_STREAM, creation)));

      expect(new Set(results.map(({ position }) => position)).size).toBe(1);
      expect(await test.store.read(stream)).toHaveLength(2);
    });

    it('succeeds with the first part of a former append, and gives the place of that part', async () => {
      const stream = aStream(tenant);
      const [first, second, third] = [anEvent({ tenant }), anEvent({ tenant }), anEvent({ tenant })];
      await test.store.append(stream, NO_STREAM, [first, second, third]);
      const stored = await test.store.read(stream);

      const repeated = await test.store.append(stream, NO_STREAM, [first, second]);

      expect(repeated).toEqual({ revision: 1, position: stored[1]?.position });
      expect(await test.store.read(stream)).toEqual(stored);
    });

    it.each([
      { that: 'adds an event', change: (ids: readonly string[]) => [...ids, newId()] },
      { that: 'changes the last event', change: (ids: readonly string[]) => [...ids.slice(0, -1), newId()] },
      { that: 'changes the order', change: (ids: readonly string[]) => ids.toReversed() },
      { that: 'leaves out the first event', change: (ids: readonly string[]) => ids.slice(1) },
    ])('that $that is refused', async ({ change }) => {
      const stream = aStream(tenant);
      const former = events(2);
      await test.store.append(stream, NO_STREAM, former);

      const changed = change(former.map(({ id }) => id)).map((id) => anEvent({ tenant, id }));

      await expect(test.store.append(stream, NO_STREAM, changed)).rejects.toThrow(WrongExpectedRevision);
      expect(await test.store.read(stream)).toHaveLength(2);
    });
  });
}
