import { symlinkSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { NO_STREAM } from '@sillage/kernel';
import { BEGINNING, type EventStore } from '../event-store.js';
import { eventually } from '../testing/eventually.js';
import { Follower } from '../testing/follower.js';
import { Program } from '../testing/program.js';
import { anEvent, aStream, aTenant } from '../testing/samples.js';
import { openSqliteEventLog } from './sqlite-event-log.js';
import { openSqliteEventStore } from './sqlite-event-store.js';
import { programFile } from './testing/program-file.js';
import { TemporaryFile } from './testing/temporary-file.js';

/** Longer than any test waits: what is heard of in spite of it was announced. */
const NEVER = 3_600_000;

describe('an SQLite event log', () => {
  const file = new TemporaryFile();
  const tenant = aTenant();
  let store: EventStore;

  beforeEach(async () => {
    store = await openSqliteEventStore({ file: file.path, pollInterval: NEVER });
  });
  afterEach(() => store.close());

  async function append(data = {}): Promise<string> {
    const event = anEvent({ tenant, data });
    await store.append(aStream(tenant), NO_STREAM, [event]);
    return event.id;
  }

  it('hears of each commit without looking', async () => {
    const follower = new Follower(store, { after: BEGINNING, tenant });
    for (let count = 1; count <= 20; count += 1) {
      await append();
      await follower.received(count);
    }
    await follower.stop();
  });

  it('hears of commits under another name of the file', async () => {
    const folder = join(dirname(file.path), 'link');
    symlinkSync(dirname(file.path), folder);
    const log = openSqliteEventLog(join(folder, basename(file.path)), { pollInterval: NEVER });
    const follower = new Follower(log, { after: BEGINNING, tenant });
    await append();
    await follower.received(1);
    await append();
    expect(await follower.received(2)).toHaveLength(2);
    log.close();
    await follower.ended;
  });

  it('is followed live by another thread', async () => {
    const argv = [file.path, String(NEVER)];
    const thread = new Worker(programFile('following-reader'), { argv, stdout: true });
    let output = '';
    thread.stdout.setEncoding('utf8').on('data', (text: string) => {
      output += text;
    });
    const ids: string[] = [];
    for (let count = 1; count <= 5; count += 1) {
      ids.push(await append());
      await eventually(`the thread has seen ${count} events`, () => output === `${ids.join('\n')}\n`);
    }
    await thread.terminate();
  });

  it('is followed live by another process', async () => {
    const reader = new Program(programFile('following-reader'), [file.path, '20']);
    const ids: string[] = [];
    for (let count = 1; count <= 5; count += 1) {
      ids.push(await append());
      await reader.printed(count);
    }
    await reader.kill();
    expect(reader.lines).toEqual(ids);
  });

  it('gives smaller batches of large events', async () => {
    await Promise.all(Array.from({ length: 12 }, () => append({ text: 'x'.repeat(900_000) })));
    const follower = new Follower(store, { after: BEGINNING, tenant, batchSize: 100 });
    await follower.received(12);
    expect(follower.batchSizes).toEqual([5, 5, 2]);
    await follower.stop();
  });

  it('reads on when the writer has closed', async () => {
    const log = openSqliteEventLog(file.path);
    const id = await append();
    await store.close();
    expect((await log.readAll({ after: BEGINNING, limit: 10 })).map((event) => event.id)).toEqual([id]);
    log.close();
  });
});
