import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { BEGINNING, type EventStore } from '@sillage/event-store';
import { openSqliteEventStore } from '@sillage/event-store/sqlite';
import { anEvent, eventStoreContract } from '@sillage/event-store/testing';
import { type JsonObject, NO_STREAM, newId, StoreUnavailable } from '@sillage/kernel';
import { note } from '@sillage/kernel/testing';
import { letter, MemoryKeyStore, person, sealing } from '../testing/index.js';
import type { SealedStore } from './sealed-store.js';
import { keyOf } from './sealing.js';

const temporaryFolder = () => mkdtemp(join(tmpdir(), 'sillage-sealed-'));

/** The samples of the contract are of this type, and some of them say something of a person. */
const record = {
  ...note,
  name: 'record',
  personal: { fields: ['name', 'note', 'large'], of: 'a-person', forgotten: 'RecordForgotten' },
} as const;

eventStoreContract('a store that seals', async () => {
  const folder = await temporaryFolder();
  const keys = new MemoryKeyStore();
  return {
    open: async () => sealing(await openSqliteEventStore({ file: join(folder, 'events.db') }), keys, [record]),
    remove: () => rm(folder, { recursive: true }),
  };
});

describe('a store that seals', () => {
  const tenant = 'acme';
  let folder: string;
  let plain: EventStore;
  let keys: MemoryKeyStore;
  let store: SealedStore;

  beforeEach(async () => {
    folder = await temporaryFolder();
    plain = await openSqliteEventStore({ file: join(folder, 'events.db') });
    keys = new MemoryKeyStore();
    store = anotherProcess();
  });
  afterEach(async () => {
    await plain.close();
    await rm(folder, { recursive: true });
  });

  const anotherProcess = (noticeWithin?: number) => sealing(plain, keys, [person, letter], noticeWithin);
  const fact = (data: JsonObject) => anEvent({ tenant, data });
  const personStream = () => `person-acme.${newId()}`;

  async function erase(stream: string): Promise<void> {
    const ids = new Set((await plain.read(stream)).flatMap((event) => keyOf(event) ?? []));
    await keys.erase(
      tenant,
      [...ids].map((key) => ({ key, stream })),
    );
  }

  it('gives what it was given, and stores nothing of it that is personal', async () => {
    const stream = personStream();
    await store.append(stream, NO_STREAM, [fact({ name: 'Zoë', source: 'fair' })]);
    await store.append(stream, 0, [fact({ source: 'web' }), fact({ email: 'zoe@example.com' })]);
    const data = (await anotherProcess().read(stream)).map((event) => event.data);
    expect(data).toEqual([{ name: 'Zoë', source: 'fair' }, { source: 'web' }, { email: 'zoe@example.com' }]);
    const stored = await plain.read(stream);
    expect(JSON.stringify(stored)).not.toMatch(/Zoë|zoe@/);
    expect(new Set(stored.flatMap((event) => keyOf(event) ?? [])).size).toBe(1);
    expect(stored[1]?.data).toEqual({ source: 'web' });
  });

  it('gives nothing personal once the key is erased, whoever had it in hand', async () => {
    const [one, other] = [personStream(), personStream()];
    for (const stream of [one, other]) await store.append(stream, NO_STREAM, [fact({ name: 'Zoë', source: 'fair' })]);
    const elsewhere = anotherProcess();
    const told: string[] = [];
    elsewhere.onErased((stream) => told.push(stream));
    expect((await elsewhere.read(one))[0]?.data).toEqual({ name: 'Zoë', source: 'fair' });
    await erase(one);
    for (const reader of [store, elsewhere, anotherProcess()]) {
      const events = await reader.readAll({ after: BEGINNING, limit: 10 });
      expect(events.map(({ data }) => data)).toEqual([{ source: 'fair' }, { name: 'Zoë', source: 'fair' }]);
      expect((await reader.readLast(one))?.data).toEqual({ source: 'fair' });
    }
    expect(told).toEqual([one]);
  });

  it('is given up everywhere once somebody was told so, though others look for what is erased now and then', async () => {
    const stream = personStream();
    await store.append(stream, NO_STREAM, [fact({ name: 'Zoë', source: 'fair' })]);
    const [here, elsewhere] = [anotherProcess(50), anotherProcess(50)];
    for (const reader of [here, elsewhere]) expect((await reader.read(stream))[0]?.data).toMatchObject({ name: 'Zoë' });
    await erase(stream);
    await here.noticeErased();
    for (const reader of [here, elsewhere]) expect((await reader.read(stream))[0]?.data).toEqual({ source: 'fair' });
  });

  it('does not take a key for erased that it cannot find', async () => {
    const stream = personStream();
    await store.append(stream, NO_STREAM, [fact({ name: 'Zoë' })]);
    keys.keys.clear();
    await expect(anotherProcess().read(stream)).rejects.toThrow(StoreUnavailable);
  });

  it('reads what was stored before events were sealed, and seals what is added', async () => {
    const stream = personStream();
    await plain.append(stream, NO_STREAM, [fact({ name: 'Zoë' })]);
    await store.append(stream, 0, [fact({ email: 'zoe@example.com' })]);
    expect((await store.read(stream)).map(({ data }) => data)).toEqual([{ name: 'Zoë' }, { email: 'zoe@example.com' }]);
    expect(JSON.stringify(await plain.read(stream, 1))).not.toContain('zoe@');
  });

  it('leaves alone what says nothing of persons', async () => {
    const events = [fact({ name: 'Deal' })];
    await store.append('note-acme.1', NO_STREAM, events);
    expect((await plain.read('note-acme.1'))[0]?.data).toEqual({ name: 'Deal' });
    expect(keys.keys.size).toBe(0);
  });

  it('notes whom an event concerns before it stores it, and all whom it ever did', async () => {
    const stream = 'letter-acme.1';
    await store.append(stream, NO_STREAM, [fact({ text: 'hello', fromId: 'a' })]);
    await store.append(stream, 0, [fact({ fromId: 'b', toId: 'c' })]);
    for (const id of ['a', 'b', 'c']) expect(await keys.concerning(tenant, `people/${id}`)).toEqual([stream]);
    expect(await keys.concerning('umbrella', 'people/a')).toEqual([]);
  });

  it('refuses what concerns somebody who was forgotten, naming the field', async () => {
    await keys.addErasure({ tenant, person: 'people/b', at: '2026-03-01T09:00:00.000Z', by: 'ann' });
    const append = store.append('letter-acme.1', NO_STREAM, [fact({ text: 'hello', fromId: 'a', toId: 'b' })]);
    await expect(append).rejects.toMatchObject({
      code: 'not-possible',
      faults: [{ path: 'toId', code: 'forgotten-person' }],
    });
    expect(await plain.read('letter-acme.1')).toEqual([]);
    await store.append('letter-acme.1', NO_STREAM, [fact({ text: 'hello', fromId: 'a' })]);
  });

  it('keeps the order in which it is asked, although some must wait for keys', async () => {
    const streams = Array.from({ length: 300 }, (_, n) => `${['person', 'letter', 'note'][n % 3]}-acme.${n}`);
    await Promise.all(
      streams.map((stream) => store.append(stream, NO_STREAM, [fact({ name: 'n', text: 't', fromId: 'a' })])),
    );
    const stored = await plain.readAll({ after: BEGINNING, limit: 1_000 });
    expect(stored.map(({ stream }) => stream)).toEqual(streams);
  });

  it('goes on after keys could not be had', async () => {
    const add = keys.add.bind(keys);
    keys.add = async () => {
      throw new StoreUnavailable('its keys: away');
    };
    const stream = personStream();
    await expect(store.append(stream, NO_STREAM, [fact({ name: 'Zoë' })])).rejects.toThrow(StoreUnavailable);
    keys.add = add;
    await store.append(stream, NO_STREAM, [fact({ name: 'Zoë' })]);
  });
});
