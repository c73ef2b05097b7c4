import { randomInt } from 'node:crypto';
import { rmSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as passing } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { account } from '@sillage/accounts/domain';
import { Publisher } from '@sillage/event-feed';
import type { EventStore } from '@sillage/event-store';
import { openSqliteEventStore } from '@sillage/event-store/sqlite';
import { eventually } from '@sillage/event-store/testing';
import { newId, Records } from '@sillage/kernel';
import { notRun, serverOf } from '@sillage/kernel/testing';
import { RECORD_TYPES } from '@sillage/record-types';
import { temporaryDirectory } from '../server.js';
import { RelayProcess } from './relay-process.js';
import { RelayedTopic, type Seen } from './relayed-topic.js';

const TENANTS = 8;
const KILLS = 5;
const FREEZES = 3;

const kafka = await serverOf('KAFKA_BROKERS');

if ('at' in kafka) describe('relays in processes of their own', () => suite(kafka.at));
else notRun('relays in processes of their own', kafka.missing);

function suite(brokers: string): void {
  let folder: string;
  let file: string;
  let store: EventStore;
  let topic: RelayedTopic;
  let relays: RelayProcess[];

  beforeEach(async () => {
    folder = temporaryDirectory();
    file = path.join(folder, 'events.db');
    store = await openSqliteEventStore({ file });
    topic = await RelayedTopic.open(brokers, store);
    relays = [];
  });
  afterEach(async () => {
    for (const relay of relays) await relay.end('SIGKILL');
    await topic.close();
    await store.close();
    rmSync(folder, { recursive: true });
  });

  function startRelay(): RelayProcess {
    const relay = new RelayProcess(file, { KAFKA_BROKERS: brokers, KAFKA_TOPIC: topic.name });
    relays.push(relay);
    return relay;
  }

  /** Creates and changes accounts of several tenants, as fast as each tenant's last write allows, until aborted. */
  async function writing(signal: AbortSignal): Promise<void> {
    const directory = { missing: async () => [], pipeline: async () => undefined };
    const records = new Records(account, { streams: store, directory, now: () => Date.now() });
    const write = async (tenant: string) => {
      const context = { tenant, actor: 'ann', correlationId: newId(), deadline: Number.MAX_SAFE_INTEGER };
      for (let count = 0; !signal.aborted; count += 1) {
        const id = newId();
        const fields = { name: `account ${count}`, externalId: String(count) };
        await records.create(context, { id, commandId: newId(), fields });
        await records.change(context, { id, commandId: newId(), patch: { industry: 'x' }, expected: 'any' });
        await passing(randomInt(10));
      }
    };
    await Promise.all(Array.from({ length: TENANTS }, (_, number) => write(`tenant-${number}`)));
  }

  /** Every event of the store that others may see, by tenant. */
  async function published(): Promise<Map<string, number[]>> {
    const stored = await store.readAll({ after: 0, limit: 1_000_000 });
    return positionsByTenant(await new Publisher(RECORD_TYPES, store).publish(stored));
  }

  async function expectAllOnceAndInOrder(): Promise<void> {
    const expected = await published();
    const count = [...expected.values()].flat().length;
    const firsts = () => topic.records.flatMap(withoutRepeats);
    await eventually('all events are followed', () => topic.followed.flat().length >= count);
    expect(positionsByTenant(topic.followed.flat())).toEqual(expected);
    await eventually('all records are read', () => firsts().length >= count);
    expect(positionsByTenant(firsts())).toEqual(expected);
  }

  it(`lose nothing and keep the order, killed ${KILLS} times while events are written`, async () => {
    const stop = new AbortController();
    const written = writing(stop.signal);
    for (let kill = 0; kill < KILLS; kill += 1) {
      const relay = startRelay();
      await relay.isActive();
      await passing(randomInt(50, 800));
      expect(await relay.end('SIGKILL')).toBeNull();
    }
    const last = startRelay();
    await last.isActive();
    stop.abort();
    await written;

    await expectAllOnceAndInOrder();

    expect(await last.end('SIGTERM')).toBe(0);
  }, 120_000);

  it(`replace one that hangs, ${FREEZES} times, which does no harm when it wakes`, async () => {
    const stop = new AbortController();
    const written = writing(stop.signal);
    const [first, second] = [startRelay(), startRelay()];
    const areOrdered = () => [first.role, second.role].toSorted().join() === 'active,standing-by';
    for (let freeze = 0; freeze < FREEZES; freeze += 1) {
      await eventually('one relay is active and one stands by', areOrdered);
      const [active, other] = first.role === 'active' ? [first, second] : [second, first];
      const timesForgotten = active.timesForgotten;
      active.freeze();
      await other.isActive();
      await passing(randomInt(800));
      active.wake();
      await eventually('it hears that it was replaced', () => active.timesForgotten > timesForgotten);
    }
    await eventually('one relay is active and one stands by', areOrdered);
    stop.abort();
    await written;
    await expectAllOnceAndInOrder();
    expect(first.log + second.log).not.toContain('"level":60');
  }, 120_000);
}

function positionsByTenant(events: readonly Seen[]): Map<string, number[]> {
  const byTenant = Map.groupBy(events, ({ tenant }) => tenant);
  return new Map([...byTenant].map(([tenant, all]) => [tenant, all.map(({ position }) => position)]));
}

/** What a reader keeps that skips what is not newer than what it has seen. */
function withoutRepeats(records: readonly Seen[]): Seen[] {
  let reached = 0;
  return records.filter(({ position }) => {
    const isNew = position > reached;
    reached = Math.max(reached, position);
    return isNew;
  });
}
