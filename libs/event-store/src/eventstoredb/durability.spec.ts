import { randomInt } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { NO_STREAM, OutcomeUnknown, StoreUnavailable } from '@sillage/kernel';
import { BEGINNING, type EventStore } from '../event-store.js';
import { eventually } from '../testing/eventually.js';
import { Follower } from '../testing/follower.js';
import { Program } from '../testing/program.js';
import { anEvent, aStream, aTenant } from '../testing/samples.js';
import { openEventStoreDb } from './eventstoredb-event-store.js';

const PROGRAM = fileURLToPath(new URL('./testing/server/program.js', import.meta.url));

describe('an EventStoreDB store on a server of another process', () => {
  const tenant = aTenant();
  let folder = '';
  let server: Program | undefined;

  /** On the port of the last one, once there was one. */
  async function startServer(port: string): Promise<string> {
    server = new Program(PROGRAM, ['--data', folder, '--port', port]);
    await server.printed(1);
    return server.lines[0] ?? '';
  }

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'sillage-eventstoredb-'));
  });
  afterEach(async () => {
    await server?.kill();
    await rm(folder, { recursive: true });
  });

  it('can be told to fail, line by line', async () => {
    const store = await openEventStoreDb({ url: await startServer('0') });
    const append = () => store.append(aStream(tenant), NO_STREAM, [anEvent({ tenant })]);
    const say = async (line: string) => {
      const printed = server?.lines.length ?? 0;
      server?.say(line);
      await server?.printed(printed + 1);
      expect(server?.lines.at(-1)).toBe(line);
    };

    await say('freeze');
    expect(await store.isReachable()).toBe(false);
    await say('thaw');
    await say('refuse');
    await expect(append()).rejects.toThrow(StoreUnavailable);
    await say('accept');
    await say('disconnect-behind-commit');
    await expect(append()).resolves.toMatchObject({ revision: 0 });
    await say('disconnect');
    await say('delay 10');
    await say('lose 0');
    await expect(append()).resolves.toMatchObject({ revision: 0 });
    await store.close();
  });

  it('has every acknowledged event once, and gave each once, however often the server is killed', async () => {
    const url = await startServer('0');
    const port = new URL(url).port;
    const store = await openEventStoreDb({ url });
    const follower = new Follower(store, { after: BEGINNING, tenant });
    const acknowledged: string[] = [];
    const acknowledgedMore = (count: number) => {
      const wanted = acknowledged.length + count;
      return eventually(`${count} more events are acknowledged`, () => acknowledged.length >= wanted);
    };
    const stop = new AbortController();
    const writers = Array.from({ length: 8 }, () => appendUntil(stop.signal, store, tenant, acknowledged));

    for (let kill = 0; kill < 5; kill += 1) {
      await acknowledgedMore(randomInt(1, 300));
      await server?.kill();
      await startServer(port);
    }
    await acknowledgedMore(1);
    stop.abort();
    await Promise.all(writers);

    const stored = await store.readAll({ after: BEGINNING, limit: 1_000_000 });
    const ids = new Set(stored.map(({ id }) => id));
    expect(ids.size).toBe(stored.length);
    expect(acknowledged.filter((id) => !ids.has(id))).toEqual([]);
    for (const ofStream of Map.groupBy(stored, ({ stream }) => stream).values()) {
      expect(ofStream.map(({ revision }) => revision)).toEqual([...ofStream.keys()]);
    }
    expect(await follower.received(stored.length)).toEqual(stored);
    await store.close();
  });
});

/** Appends to a stream of its own, one event after the other, each with the same id until its outcome is known. */
async function appendUntil(
  stop: AbortSignal,
  store: EventStore,
  tenant: string,
  acknowledged: string[],
): Promise<void> {
  const stream = aStream(tenant);
  let event = anEvent({ tenant });
  for (let expected = NO_STREAM; !stop.aborted; ) {
    try {
      await store.append(stream, expected, [event]);
      acknowledged.push(event.id);
      event = anEvent({ tenant });
      expected += 1;
    } catch (error) {
      if (!(error instanceof OutcomeUnknown || error instanceof StoreUnavailable)) throw error;
      // There is no server just now.
      await sleep(20);
    }
  }
}
