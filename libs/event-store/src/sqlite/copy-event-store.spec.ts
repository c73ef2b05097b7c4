import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { NO_STREAM, type StoredEvent } from '@sillage/kernel';
import { BEGINNING, type EventLog, type EventStore } from '../event-store.js';
import { anEvent, aStream, aTenant } from '../testing/samples.js';
import { copySqliteEventStore } from './copy-event-store.js';
import { openSqliteEventLog } from './sqlite-event-log.js';
import { openSqliteEventStore } from './sqlite-event-store.js';
import { TemporaryFile } from './testing/temporary-file.js';

describe('a copy of a store', () => {
  const file = new TemporaryFile();
  const copy = new TemporaryFile();
  const tenant = aTenant();
  let store: EventStore;

  beforeEach(async () => {
    store = await openSqliteEventStore({ file: file.path });
  });
  afterEach(() => store.close());

  async function append(text = ''): Promise<number> {
    return (await store.append(aStream(tenant), NO_STREAM, [anEvent({ tenant, data: { text } })])).position;
  }

  /** So much that a copy takes several steps. */
  async function fill(): Promise<void> {
    for (let count = 0; count < 40; count += 1) await append('x'.repeat(500_000));
  }

  async function all(log: EventLog): Promise<readonly StoredEvent[]> {
    return log.readAll({ after: BEGINNING, limit: 100_000 });
  }

  it('holds what the store held at one moment, however much is written meanwhile', async () => {
    await fill();
    const before = await store.head();
    let isCopying = true;
    let written = 0;
    const writing = (async () => {
      for (; isCopying; written += 1) await append('while it is copied');
    })();
    const steps: number[] = [];
    const copied = await copySqliteEventStore(file.path, copy.path, (done) => void steps.push(done));
    isCopying = false;
    await writing;

    expect(steps.length).toBeGreaterThan(3);
    expect(written).toBeGreaterThan(0);
    expect(copied.head).toBeGreaterThanOrEqual(before);
    const log = openSqliteEventLog(copy.path);
    const inCopy = await all(log);
    log.close();
    expect(inCopy).toHaveLength(copied.events);
    expect(inCopy).toEqual((await all(store)).filter(({ position }) => position <= copied.head));
  });

  it('of an empty store is an empty store', async () => {
    expect(await copySqliteEventStore(file.path, copy.path)).toEqual({ events: 0, head: BEGINNING });
    const log = openSqliteEventLog(copy.path);
    expect(await all(log)).toEqual([]);
    log.close();
  });

  it('ends when whoever watches it does not want to go on', async () => {
    await fill();
    const copying = copySqliteEventStore(file.path, copy.path, () => {
      throw new Error('enough');
    });
    await expect(copying).rejects.toThrow('enough');
    expect(await append()).toBe(41);
  });

  it('is made of a store only', async () => {
    await expect(copySqliteEventStore(copy.path, `${copy.path}.of`)).rejects.toMatchObject({
      code: 'store-not-opened',
    });
  });
});
