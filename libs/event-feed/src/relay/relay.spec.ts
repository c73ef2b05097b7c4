import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { EventStore } from '@sillage/event-store';
import { openSqliteEventStore } from '@sillage/event-store/sqlite';
import { appendingBy, eventually } from '@sillage/event-store/testing';
import { StoreUnavailable } from '@sillage/kernel';
import { note } from '@sillage/kernel/testing';
import { Publisher } from '../publisher.js';
import type { Setback } from '../steadily.js';
import { aTenant, Notes } from '../testing/index.js';
import { Relay, type RelayOptions } from './relay.js';
import { readRelayCheckpoint } from './relay-checkpoint.js';
import { TopicInMemory } from './testing/topic-in-memory.js';

describe('a relay', () => {
  const tenant = aTenant();
  let folder: string;
  let store: EventStore;
  let notes: Notes;
  let topic: TopicInMemory;
  let told: Setback[];
  let created = 0;
  let running: { readonly abort: AbortController; readonly ended: Promise<void> }[];

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'sillage-relay-'));
    store = await openSqliteEventStore({ file: join(folder, 'events.db') });
    notes = new Notes(store, tenant);
    topic = new TopicInMemory(2);
    told = [];
    running = [];
  });
  afterEach(async () => {
    await stop();
    await store.close();
    await rm(folder, { recursive: true });
  });

  function start(options: Partial<RelayOptions> = {}): Relay {
    const publisher = new Publisher([note], store);
    const backOff = { first: 5, most: 20 };
    const tell = (setback: Setback) => told.push(setback);
    const relay = new Relay({ store, publisher, now: Date.now, tell, backOff, ...options });
    const abort = new AbortController();
    running.push({ abort, ended: relay.run(topic, abort.signal) });
    return relay;
  }

  async function stop(): Promise<void> {
    for (const { abort } of running) abort.abort();
    await Promise.all(running.map(({ ended }) => ended));
  }

  async function create(count: number): Promise<number[]> {
    const positions: number[] = [];
    while (positions.length < count) {
      created += 1;
      positions.push((await notes.create({ title: 'note', externalId: String(created) })).position);
    }
    return positions;
  }

  const checkpoint = async () => (await readRelayCheckpoint(store, topic.name)).position;
  const has = (count: number) =>
    eventually(`the topic has ${count} events`, () => topic.positions(tenant).length >= count);

  it('carries every public event, in order, each behind the one before it in its partition', async () => {
    const first = await create(3);
    start();
    await has(3);
    const others = await new Notes(store, aTenant()).create({ title: 'of another' });
    const second = await create(3);

    await has(6);

    expect(topic.positions(tenant)).toEqual([...first, ...second]);
    for (const records of topic.records) {
      expect(records.map(({ previous }) => previous)).toEqual(
        [0, ...records.map(({ event }) => event.position)].slice(0, -1),
      );
    }
    expect(topic.records.flat().map(({ event }) => event.position)).toContain(others.position);
  });

  it('sends one batch at a time', async () => {
    topic.sendTakes = 20;
    await create(5);
    start();
    await has(5);
    for (let count = 0; count < 5; count += 1) await create(1);
    await has(10);
    expect(topic.mostAtOnce).toBe(1);
  });

  it('goes on behind what the topic holds, which is ahead of its checkpoint', async () => {
    const pace = { events: 1_000, milliseconds: 3_600_000 };
    const positions = await create(5);
    start({ pace, store: withoutLastNote(store) });
    await has(5);
    await stop();
    expect(await checkpoint()).toBe(0);

    start({ pace });
    positions.push(...(await create(1)));
    await has(6);

    expect(topic.positions(tenant)).toEqual(positions);
  });

  it('begins anew from what the topic holds when a send fails, whether or not it was carried out', async () => {
    topic.failures.push('not sent', 'half sent', 'sent');
    const positions = await create(20);
    start();

    await has(20);

    expect(topic.positions(tenant)).toEqual(positions);
    await eventually('it has recovered', () => told.some(({ kind }) => kind === 'recovered'));
    expect(told.filter(({ kind }) => kind === 'failed')).toHaveLength(3);
  });

  it('notices that a send has failed though nothing more happens', async () => {
    start();
    await eventually('it has begun', async () => (await store.readLast(`relay-sillage.${topic.name}`)) !== undefined);
    topic.failures.push('not sent');
    const positions = await create(1);
    await has(1);
    expect(topic.positions(tenant)).toEqual(positions);
  });

  it('notes how far it is every so many events, and when it is stopped', async () => {
    start({ pace: { events: 5, milliseconds: 3_600_000 } });
    const [, , , , fifth] = await create(5);
    await eventually('it has noted five events', async () => (await checkpoint()) >= (fifth ?? 0));
    const [sixth] = await create(1);
    await has(6);
    expect(await checkpoint()).toBeLessThan(sixth ?? 0);

    await stop();

    expect(await checkpoint()).toBeGreaterThanOrEqual(sixth ?? 0);
  });

  it('notes how far it is after a while, once for what is public and not for its own notes', async () => {
    start({ pace: { events: 1_000, milliseconds: 5 } });
    for (let count = 0; count < 5; count += 1) {
      const [position] = await create(1);
      await eventually('it has noted the event', async () => (await checkpoint()) >= (position ?? 0));
    }
    // Its claim, then a note for each event.
    expect((await store.readLast(`relay-sillage.${topic.name}`))?.revision).toBe(5);
  });

  it('gives way to a relay that has claimed its checkpoint, and its repeats do no harm', async () => {
    start({ pace: { events: 1, milliseconds: 0 } });
    await create(3);
    await has(3);
    start({ pace: { events: 1, milliseconds: 0 } });
    await eventually('one was told that it lost', async () => {
      await create(1);
      return told.some((setback) => setback.kind === 'failed' && String(setback.error).includes('not at revision'));
    });

    const all = topic.positions(tenant);
    const firsts = all.filter((position, index) => all.indexOf(position) === index);
    expect(firsts).toEqual(firsts.toSorted((a, b) => a - b));
  });

  it('refuses a topic whose number of partitions has changed', async () => {
    start();
    await create(1);
    await has(1);
    await stop();
    topic = new TopicInMemory(3, topic.name);
    start();
    await eventually('it says why', () => told.length > 0);
    expect(String(told[0]?.kind === 'failed' && told[0].error)).toContain('has 3 partitions where it had 2');
    expect(topic.records.flat()).toEqual([]);
  });

  it('tells what waits in events and seconds', async () => {
    let now = Date.parse('2026-03-01T09:00:00Z');
    const relay = start({ now: () => now });
    await create(3);
    await eventually('it is through', async () => (await relay.lag(topic)).events === 0);
    topic.sendTakes = 3_600_000;
    await create(1);
    await eventually('it is sending', () => topic.atOnce === 1);
    await create(9);
    now += 30_000;

    expect(await relay.lag(topic)).toEqual({ events: 10, seconds: 30 });
    topic.giveUp();
  });

  it('lets the store forget all of its notes but the last', async () => {
    const kept: [stream: string, count: number][] = [];
    const keepLast: EventStore['keepLast'] = async (stream, count) => void kept.push([stream, count]);
    const forgetful = { ...appendingBy(store, (...append) => store.append(...append)), keepLast };
    start({ store: forgetful, pace: { events: 1, milliseconds: 0 } });
    await create(3);

    await eventually('it has noted how far it is', async () => (await store.read(kept[0]?.[0] ?? '')).length > 2);
    expect(kept).toEqual([[`relay-sillage.${topic.name}`, 1]]);
  });

  it('tells of a long lag about how many events wait', async () => {
    const standing = new Relay({ store, publisher: new Publisher([note], store), now: Date.now, tell: () => {} });
    await create(400);
    // Each note with its claim: two positions.
    expect((await standing.lag(topic)).events).toBeGreaterThanOrEqual(400);
  });

  it('tells while it stands by what waits by the note of the active one', async () => {
    const now = () => Date.parse('2026-03-01T09:01:00Z');
    const standing = new Relay({ store, publisher: new Publisher([note], store), now, tell: () => {} });
    await create(2);
    expect(await standing.lag(topic)).toEqual({ events: 2, seconds: 60 });

    start({ pace: { events: 1, milliseconds: 0 } });

    await eventually('nothing waits', async () => (await standing.lag(topic)).events === 0);
    expect(await standing.lag(topic)).toEqual({ events: 0, seconds: 0 });
  });
});

/** A store for a relay that is killed before it can note how far it is. */
function withoutLastNote(store: EventStore): EventStore {
  return appendingBy(store, async (stream, expected, events) => {
    if (expected >= 0) throw new StoreUnavailable('the relay was killed');
    return store.append(stream, expected, events);
  });
}
