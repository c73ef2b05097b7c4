import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { PublicEvent } from '@sillage/contracts';
import { eventually } from '@sillage/event-store/testing';
import { note } from '@sillage/kernel/testing';
import { Publisher } from '../publisher.js';
import { FeedFollower } from './feed-follower.js';
import { aTenant, type FeedUnderTest, Notes, type OpenFeedUnderTest } from './feed-under-test.js';

/** Declares the tests that every event feed must pass. They look at nothing but tenants of their own. */
export function eventFeedContract(name: string, open: OpenFeedUnderTest): void {
  describe(`${name} is an event feed`, () => {
    let test: FeedUnderTest;
    beforeAll(async () => {
      test = await open();
    });
    afterAll(() => test.close());

    async function begin() {
      const tenant = aTenant();
      const notes = new Notes(test.store, tenant);
      return { tenant, notes, feed: await test.feedOf(tenant), after: await test.store.head() };
    }

    /** What should come, made from the store. */
    async function published(tenant: string): Promise<readonly PublicEvent[]> {
      const stored = await test.store.readAll({ after: 0, limit: 100_000, tenant });
      return new Publisher([note], test.store).publish(stored);
    }

    it('gives what is there, then what comes, whole, once and in order', async () => {
      const { tenant, notes, feed, after } = await begin();
      const { id } = await notes.create({ title: 'Ærø', externalId: 'x' });
      for (let count = 0; count < 10; count += 1) await notes.rename(id, `title ${count}`);
      const follower = new FeedFollower(feed, tenant, after);
      await follower.received(11);
      await Promise.all(Array.from({ length: 50 }, (_, count) => notes.create({ title: `note ${count}` })));
      await notes.rename(id, 'last');

      const received = await follower.received(62);

      expect(received).toEqual(await published(tenant));
      await follower.stop();
    });

    it('tells how far it is, never less than its events', async () => {
      const { tenant, notes, feed, after } = await begin();
      const follower = new FeedFollower(feed, tenant, after, async ({ events, position }) => {
        expect(Math.max(0, ...events.map((event) => event.position))).toBeLessThanOrEqual(position);
      });
      for (let count = 0; count < 20; count += 1) await notes.create({ title: 'note' });

      const received = await follower.received(20);

      expect(follower.positions.at(-1)).toBeGreaterThanOrEqual(received.at(-1)?.position ?? 0);
      expect(follower.positions).toEqual(follower.positions.toSorted((a, b) => a - b));
      expect(new Set(follower.positions).size).toBe(follower.positions.length);
      await follower.stop();
    });

    it('begins behind any position', async () => {
      const { tenant, notes, feed, after } = await begin();
      const told = [];
      for (let count = 0; count < 5; count += 1) told.push(await notes.create({ title: `note ${count}` }));
      const positions = told.map(({ position }) => position);

      for (const [index, from] of [after, ...positions].entries()) {
        const follower = new FeedFollower(feed, tenant, from);
        const received = await follower.received(5 - index);
        expect(received.map(({ position }) => position)).toEqual(positions.slice(index));
        await follower.stop();
      }
    });

    it('gives the history to a reader who has seen nothing', async () => {
      const { tenant, notes, feed } = await begin();
      const { id } = await notes.create({ title: 'One' });
      await notes.rename(id, 'Two');
      const follower = new FeedFollower(feed, tenant, 0);

      expect(await follower.received(2)).toEqual(await published(tenant));
      await follower.stop();
    });

    it('leaves out what is nobody’s business', async () => {
      const { tenant, notes, feed, after } = await begin();
      const follower = new FeedFollower(feed, tenant, after);
      await notes.create({ title: 'One', externalId: 'x' });
      await notes.create({ title: 'Two', externalId: 'y' });

      const received = await follower.received(2);

      expect(received.map(({ type }) => type)).toEqual(['sillage.note.created.v1', 'sillage.note.created.v1']);
      await follower.stop();
    });

    it('goes at the pace of its reader, who misses nothing', async () => {
      const { tenant, notes, feed, after } = await begin();
      let isReading = false;
      let wereTwoAtOnce = false;
      const follower = new FeedFollower(feed, tenant, after, async () => {
        wereTwoAtOnce ||= isReading;
        isReading = true;
        await notes.create({ title: 'caused by a batch' });
        isReading = false;
      });
      await notes.create({ title: 'first' });

      await follower.received(20);
      await follower.stop();

      expect(wereTwoAtOnce).toBe(false);
      const all = await published(tenant);
      expect(follower.events).toEqual(all.slice(0, follower.events.length));
    });

    it('has its head where the last event is', async () => {
      const { tenant, notes, feed, after } = await begin();
      const { position } = await notes.create({ title: 'One' });
      const follower = new FeedFollower(feed, tenant, after);
      await follower.received(1);

      expect(await feed.head()).toBeGreaterThanOrEqual(position);
      await follower.reached(await feed.head());
      await follower.stop();
      expect(await feed.head()).toBeGreaterThanOrEqual(position);
    });

    describe('when it is aborted', () => {
      it('ends while it waits', async () => {
        const { tenant, notes, feed, after } = await begin();
        const follower = new FeedFollower(feed, tenant, after);
        await notes.create({ title: 'One' });
        await follower.received(1);

        await expect(follower.stop()).resolves.toBeUndefined();
        await notes.create({ title: 'Two' });
        expect(follower.events).toHaveLength(1);
      });

      it('ends behind the batch in hand', async () => {
        const { notes, feed, after } = await begin();
        await notes.create({ title: 'One' });
        const abort = new AbortController();
        let batches = 0;
        for await (const _ of feed.follow({ after, signal: abort.signal })) {
          batches += 1;
          await notes.create({ title: 'another' });
          abort.abort();
        }
        expect(batches).toBe(1);
      });

      it('is empty if that was before it began', async () => {
        const { notes, feed, after } = await begin();
        await notes.create({ title: 'One' });
        const batches: unknown[] = [];
        for await (const batch of feed.follow({ after, signal: AbortSignal.abort() })) batches.push(batch);
        expect(batches).toEqual([]);
      });
    });

    it('can be followed again after its reader has left in the middle', async () => {
      const { tenant, notes, feed, after } = await begin();
      const { position } = await notes.create({ title: 'One' });
      for await (const batch of feed.follow({ after, signal: new AbortController().signal })) {
        if (batch.position >= position) break;
      }
      const follower = new FeedFollower(feed, tenant, after);
      await notes.create({ title: 'Two' });

      expect(await follower.received(2)).toEqual(await published(tenant));
      await eventually('the reader is where the last event is', () => (follower.positions.at(-1) ?? 0) > position);
      await follower.stop();
    });
  });
}
