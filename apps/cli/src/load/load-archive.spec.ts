import { appendFile, readFile, stat, writeFile } from 'node:fs/promises';
import { beforeEach, describe, expect, it } from '@jest/globals';
import type { EventStore } from '@sillage/event-store';
import { openSqliteEventStore } from '@sillage/event-store/sqlite';
import { appendingBy } from '@sillage/event-store/testing';
import { type NewEvent, NO_STREAM, OutcomeUnknown } from '@sillage/kernel';
import { archived } from '../archive/archived-event.js';
import { eventOf } from '../archive/testing/samples.js';
import { exportEvents } from '../export/export-events.js';
import { Failure } from '../failure.js';
import { SILENT } from '../progress/testing/silent.js';
import { loadArchive } from './load-archive.js';
import { StoresOfTest } from './testing/stores.js';

/** That the source has: each has its external id claimed, is created, and changed by a command of three events. */
const RECORDS = 500;
const EVENTS = RECORDS * 5;

const now = () => Date.parse('2026-04-01T00:00:00Z');
const place = new StoresOfTest((file) => openSqliteEventStore({ file }));

let source: EventStore;
let file: string;

beforeEach(async () => {
  source = await place.store('source');
  file = place.path('export.ndjson');
  await fill(source);
});

/** Fills it with records of two tenants, between one another. */
async function fill(store: EventStore): Promise<void> {
  const appends: Promise<unknown>[] = [];
  const append = (stream: string, expected: number, ...events: readonly NewEvent[]) =>
    appends.push(store.append(stream, expected, events));
  for (let record = 0; record < RECORDS; record += 1) {
    const tenant = record % 2 === 0 ? 'acme' : 'globex';
    const changes = [0, 1, 2].map((index) => eventOf(`change ${record}`, index, { record, index }, tenant));
    append(`claim-${tenant}.note.${record}`, NO_STREAM, eventOf(`claim ${record}`, 0, {}, tenant));
    append(`note-${tenant}.${record}`, NO_STREAM, eventOf(`create ${record}`, 0, { record }, tenant));
    append(`note-${tenant}.${record}`, 0, ...changes);
  }
  await Promise.all(appends);
}

function carryOut(): Promise<unknown> {
  return exportEvents({ log: source, file, progress: SILENT, signal: new AbortController().signal, now });
}

function load(store: EventStore, signal = new AbortController().signal) {
  return loadArchive({ file, store, progress: SILENT, signal });
}

async function eventsIn(store: EventStore) {
  return (await store.readAll({ after: 0, limit: EVENTS * 2 })).map(archived);
}

/** The store, but each append is first told of, by its number from 0, and fails where that fails. */
function watched(
  store: EventStore,
  before: (append: number, events: readonly NewEvent[]) => Promise<void> | void,
): EventStore {
  let count = 0;
  return appendingBy(store, async (stream, expected, events) => {
    count += 1;
    await before(count - 1, events);
    return store.append(stream, expected, events);
  });
}

describe('a load', () => {
  it('gives another store every event in the same order, also where positions are others', async () => {
    await carryOut();
    const target = await place.store('target');
    await target.append('note-other.1', NO_STREAM, [eventOf('other', 0, {}, 'other')]);

    expect(await load(target)).toEqual({ events: EVENTS, had: 0 });

    expect((await eventsIn(target)).slice(1)).toEqual(await eventsIn(source));
    expect(await target.head()).toBe((await source.head()) + 1);
  });

  it('can be repeated, and adds nothing', async () => {
    await carryOut();
    const target = await place.store('target');
    await load(target);
    const head = await target.head();

    expect(await load(target)).toEqual({ events: EVENTS, had: EVENTS });

    expect(await target.head()).toBe(head);
  });

  it('goes on where a store failed, and where it was interrupted', async () => {
    await carryOut();
    const target = await place.store('target');
    const failing = watched(target, (append) => {
      if (append >= 600) throw new OutcomeUnknown(new Error('connection lost'));
    });
    await expect(load(failing)).rejects.toThrow(/did not say .* run the same command again/);
    const had = (await eventsIn(target)).length;
    const stop = new AbortController();
    const interrupting = watched(target, (append) => {
      if (append === 600) stop.abort();
    });
    await expect(load(interrupting, stop.signal)).rejects.toThrow(/aborted/);
    const hadThen = (await eventsIn(target)).length;

    expect([had > 0, hadThen > had, hadThen < EVENTS]).toEqual([true, true, true]);
    expect(await load(target)).toEqual({ events: EVENTS, had: hadThen });
    expect(await eventsIn(target)).toEqual(await eventsIn(source));
  });

  it('appends what one command appended together again, wherever groups of lines end', async () => {
    await carryOut();
    const target = await place.store('target');
    const sizes: number[] = [];
    await load(watched(target, (_, events) => void sizes.push(events.length)));
    expect(sizes).toEqual(Array.from({ length: RECORDS }, () => [1, 1, 3]).flat());
  });

  it('is made of the first events while more are being stored', async () => {
    const exporting = carryOut();
    await source.append('note-acme.late', NO_STREAM, [eventOf('late')]);
    await exporting;
    const target = await place.store('target');
    const { events } = await load(target);
    expect(await eventsIn(target)).toEqual((await eventsIn(source)).slice(0, events));
  });
});

describe('a load is refused, and adds nothing', () => {
  let target: EventStore;

  beforeEach(async () => {
    await carryOut();
    target = await place.store('target');
  });

  async function expectRefusal(words: RegExp): Promise<void> {
    const before = await eventsIn(target);
    const refused = load(target);
    await expect(refused).rejects.toThrow(Failure);
    await expect(refused).rejects.toThrow(words);
    expect(await eventsIn(target)).toEqual(before);
  }

  it('where the store has another event in one of the streams', async () => {
    await target.append('note-acme.0', NO_STREAM, [eventOf('another')]);
    await expectRefusal(/something else of acme: in note-acme\.0, revision 0, which is not event 1 of the archive/);
  });

  it('where the store has the same event with other data', async () => {
    await target.append('claim-acme.note.0', NO_STREAM, [eventOf('claim 0', 0, { changed: true })]);
    await expectRefusal(/something else of acme: in claim-acme\.note\.0/);
  });

  it('where the archive was cut off, between two lines or within one', async () => {
    const lines = (await readFile(file, 'utf8')).split('\n');
    await writeFile(file, `${lines.slice(0, -2).join('\n')}\n`);
    await expectRefusal(/export\.ndjson is not whole: its last line is missing, so it was cut off/);
    await writeFile(file, lines.slice(0, 10).join('\n').slice(0, -5));
    await expectRefusal(/export\.ndjson:10: no JSON/);
  });

  it('where a line is missing, or was changed', async () => {
    const text = await readFile(file, 'utf8');
    const lines = text.split('\n');
    await writeFile(file, lines.toSpliced(7, 1).join('\n'));
    await expectRefusal(/is not whole: it has 2499 events and says that it has 2500/);
    await writeFile(file, text.replace('Zoë', 'Zoe'));
    await expectRefusal(/is not whole: it was changed since it was written/);
  });

  it('where the file is something else, or something follows', async () => {
    await appendFile(file, '{}\n');
    await expectRefusal(/export\.ndjson:2503: something follows the last line/);
    await writeFile(file, '{"a":1}\n');
    await expectRefusal(/export\.ndjson:1: this is no export, or one of a newer Sillage/);
    await writeFile(file, '');
    await expectRefusal(/is not whole/);
  });

  it('where there is no file', async () => {
    file = place.path('none');
    await expectRefusal(/none cannot be read: there is no such file/);
  });
});

it('a load says so when the store has not kept the order', async () => {
  await carryOut();
  const target = await place.store('target');
  let first: () => void = () => {};
  const second = new Promise<void>((resolve) => {
    first = resolve;
  });
  const shuffling = watched(target, async (append) => {
    if (append === 0) await second;
    if (append === 1) first();
  });
  await expect(load(shuffling)).rejects.toThrow(/did not keep the order of the archive: note-acme\.0 stands where/);
});

describe('an export', () => {
  it('leaves out how far the relay of its store has come', async () => {
    await source.append('relay-sillage.topic', NO_STREAM, [eventOf('relay', 0, { position: 17 }, 'sillage')]);
    expect(await carryOut()).toMatchObject({ events: EVENTS });
    expect(await readFile(file, 'utf8')).not.toContain('relay-sillage');
  });

  it('can be read by its owner only', async () => {
    await carryOut();
    expect((await stat(file)).mode & 0o777).toBe(0o600);
  });

  it('has the same digest for the same events, and leaves an older one alone when it fails', async () => {
    const first = await carryOut();
    expect(first).toEqual({ events: EVENTS, digest: expect.stringMatching(/^[0-9a-f]{64}$/) });
    const target = await place.store('target');
    await load(target);
    const again = await exportEvents({
      log: target,
      file: place.path('again.ndjson'),
      progress: SILENT,
      signal: new AbortController().signal,
      now: () => now() + 1_000,
    });
    expect(again).toEqual(first);
    const before = await readFile(file);
    await source.close();
    await expect(carryOut()).rejects.toThrow('closed');
    expect(before.equals(await readFile(file))).toBe(true);
    await expect(stat(`${file}.part`)).rejects.toThrow('ENOENT');
  });
});
