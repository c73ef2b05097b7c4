import { afterAll, describe, expect, it } from '@jest/globals';
import { openEventStoreDb } from '@sillage/event-store/eventstoredb';
import { startServerUnderTest } from '@sillage/event-store/eventstoredb/testing';
import { openSqliteEventStore } from '@sillage/event-store/sqlite';
import { NO_STREAM, newId } from '@sillage/kernel';
import { eventOf } from '../archive/testing/samples.js';
import { exportEvents } from '../export/export-events.js';
import { SILENT } from '../progress/testing/silent.js';
import { loadArchive } from './load-archive.js';
import { StoresOfTest } from './testing/stores.js';

const RECORDS = 300;

const server = await startServerUnderTest();
afterAll(() => server.stop());

const place = new StoresOfTest((file) => openSqliteEventStore({ file }));
const signal = new AbortController().signal;

describe(`a load into ${server.name}`, () => {
  it('keeps every event and the one order, goes on after a stop, and can be carried back', async () => {
    // What a real server was given stays there: a tenant and a prefix of its own make a store of its own.
    const [prefix, tenant] = [`sillage-test-${newId()}.`, `t${newId().replaceAll('-', '')}`];
    const [source, back] = [await place.store('source'), await place.store('back')];
    for (let record = 0; record < RECORDS; record += 1) {
      const stream = `note-${tenant}.${record}`;
      void source.append(stream, NO_STREAM, [eventOf(`create ${record}`, 0, {}, tenant)]);
      void source.append(
        stream,
        0,
        [1, 2].map((index) => eventOf(`change ${record}`, index, {}, tenant)),
      );
    }
    await source.append(`claim-${tenant}.note.x`, NO_STREAM, [eventOf('claim', 0, {}, tenant)]);
    const [there, andBack] = [place.path('there.ndjson'), place.path('back.ndjson')];
    const exported = await exportEvents({ log: source, file: there, progress: SILENT, signal, now: Date.now });

    const target = await openEventStoreDb({ url: server.url, prefix });
    const stop = new AbortController();
    const stopping = { ...SILENT, advance: () => stop.abort() };
    await expect(loadArchive({ file: there, store: target, progress: stopping, signal: stop.signal })).rejects.toThrow(
      /aborted/,
    );
    const loaded = await loadArchive({ file: there, store: target, progress: SILENT, signal });
    const carriedBack = await exportEvents({ log: target, file: andBack, progress: SILENT, signal, now: Date.now });
    await target.close();
    await loadArchive({ file: andBack, store: back, progress: SILENT, signal });

    expect(loaded.events).toBe(1 + RECORDS * 3);
    expect(loaded.had).toBeGreaterThan(0);
    expect(carriedBack).toEqual(exported);
    expect(await back.readAll({ after: 0, limit: 10_000 })).toEqual(await source.readAll({ after: 0, limit: 10_000 }));
  });
});
