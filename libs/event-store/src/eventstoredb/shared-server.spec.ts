import { EventStoreDBClient, START } from '@eventstore/db-client';
import { afterAll, describe, expect, it } from '@jest/globals';
import { NO_STREAM, newId } from '@sillage/kernel';
import { BEGINNING } from '../event-store.js';
import { Follower } from '../testing/follower.js';
import { anEvent, aStream, aTenant } from '../testing/samples.js';
import { type EventStoreDbEventStore, openEventStoreDb } from './eventstoredb-event-store.js';
import { startServerUnderTest } from './testing/server-under-test.js';

const server = await startServerUnderTest();
const opened: EventStoreDbEventStore[] = [];

async function open(prefix = `sillage-test-${newId()}.`): Promise<EventStoreDbEventStore> {
  const store = await openEventStoreDb({ url: server.url, prefix });
  opened.push(store);
  return store;
}

afterAll(async () => {
  await Promise.all(opened.map((store) => store.close()));
  await server.stop();
});

describe(`stores that share an EventStoreDB server: ${server.name}`, () => {
  const tenant = aTenant();

  it('see nothing of each other, nor of the server', async () => {
    const [one, other] = [await open(), await open()];
    const [ofOne, ofOther] = [
      new Follower(one, { after: BEGINNING, tenant }),
      new Follower(other, { after: BEGINNING, tenant }),
    ];
    const [stream, mine, theirs] = [aStream(tenant), anEvent({ tenant }), anEvent({ tenant })];

    const first = await one.append(stream, NO_STREAM, [mine]);
    const second = await other.append(stream, NO_STREAM, [theirs]);

    expect((await ofOne.received(1)).map(({ id }) => id)).toEqual([mine.id]);
    expect((await ofOther.received(1)).map(({ id }) => id)).toEqual([theirs.id]);
    expect(ofOne.batchSizes).toEqual([1]);
    expect(await one.readAll({ after: BEGINNING, limit: 10 })).toEqual(await one.read(stream));
    expect([await one.head(), await other.head()]).toEqual([first.position, second.position]);
    await Promise.all([ofOne.stop(), ofOther.stop()]);
  });

  it('are empty until something is stored', async () => {
    const store = await open();
    expect(await store.head()).toBe(BEGINNING);
    expect(await store.readAll({ after: BEGINNING, limit: 10 })).toEqual([]);
  });

  it('let the server forget by its own setting, beside what others have set, and once', async () => {
    const prefix = `sillage-test-${newId()}.`;
    const store = await open(prefix);
    const [stream, events] = [aStream(tenant), Array.from({ length: 3 }, () => anEvent({ tenant }))];
    await store.append(stream, NO_STREAM, events);
    const client = EventStoreDBClient.connectionString(server.url);
    await store.keepLast(stream, 2);
    const { metadata, metastreamRevision } = await client.getStreamMetadata(prefix + stream);

    await store.keepLast(stream, 2);

    expect(metadata).toEqual({ maxCount: 2 });
    expect(await client.getStreamMetadata(prefix + stream)).toMatchObject({ metastreamRevision });
    expect((await store.read(stream)).map(({ id }) => id)).toEqual(events.slice(1).map(({ id }) => id));
    await client.dispose();
  });

  it('find a tenant among any number of events of others', async () => {
    const [store, other] = [await open(), await open()];
    await store.append(aStream(tenant), NO_STREAM, [anEvent({ tenant })]);
    const another = aTenant();
    for (let round = 0; round < 30; round += 1) {
      const events = Array.from({ length: 100 }, () => anEvent({ tenant: another }));
      await (round % 2 ? store : other).append(aStream(another), NO_STREAM, events);
    }
    await store.append(aStream(tenant), NO_STREAM, [anEvent({ tenant })]);

    const [first] = await store.readAll({ after: BEGINNING, limit: 1, tenant });
    const rest = await store.readAll({ after: first?.position ?? BEGINNING, limit: 10, tenant });

    expect(first?.metadata.tenant).toBe(tenant);
    expect(rest).toHaveLength(1);
  });

  it('tell tenants apart, whatever they are called', async () => {
    const store = await open();
    const tenants = ['a', 'b', 'a.b', 'a-b', 'b-a', 'A', 'a.*', 'a|b', '(a', '[a-z]', 'é', '日本', 'a b', '\\d'];
    for (const name of tenants) await store.append(aStream(name), NO_STREAM, [anEvent({ tenant: name })]);

    const found = await Promise.all(
      tenants.map((name) => store.readAll({ after: BEGINNING, limit: 100, tenant: name })),
    );

    expect(found.map((events) => events.map(({ metadata }) => metadata.tenant))).toEqual(tenants.map((name) => [name]));
  });

  it('write what the tools of EventStoreDB show as correlation and causation', async () => {
    const prefix = `sillage-test-${newId()}.`;
    const store = await open(prefix);
    const [stream, event] = [aStream(tenant), anEvent({ tenant, type: 'NoteAdded', data: { note: 'x' } })];
    await store.append(stream, NO_STREAM, [event]);
    const client = EventStoreDBClient.connectionString(server.url);

    const read = [];
    for await (const { event: recorded } of client.readStream(prefix + stream, { fromRevision: START }))
      read.push(recorded);
    await client.dispose();

    const { correlationId, causationId, ...rest } = event.metadata;
    expect(read).toHaveLength(1);
    expect(read[0]).toMatchObject({
      id: event.id,
      type: 'NoteAdded',
      isJson: true,
      data: { note: 'x' },
      metadata: { ...rest, $correlationId: correlationId, $causationId: causationId },
    });
  });
});
