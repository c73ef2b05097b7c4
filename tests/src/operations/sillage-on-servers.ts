import { rmSync } from 'node:fs';
import path from 'node:path';
import { Publisher } from '@sillage/event-feed';
import { LogEventFeed } from '@sillage/event-feed/in-process';
import { partitionOf } from '@sillage/event-feed/kafka';
import { Relay } from '@sillage/event-feed/relay';
import { type EventStoreDbEventStore, openEventStoreDb } from '@sillage/event-store/eventstoredb';
import { startTestServer } from '@sillage/event-store/eventstoredb/testing';
import { eventually } from '@sillage/event-store/testing';
import { newId, Records } from '@sillage/kernel';
import { RECORD_TYPES } from '@sillage/record-types';
import { checksum, foldTo, ONE_PARTITION, Projector, REPORTING_SCHEMA } from '@sillage/reporting';
import { MongoGenerations } from '@sillage/view-store/mongodb';
import type { MongoForTests } from '@sillage/view-store/mongodb/testing';
import { openSqliteViewStore } from '@sillage/view-store/sqlite';
import { temporaryDirectory } from '../server.js';
import { type Said, sillageWith } from '../sillage.js';

const PARTITIONS = 3;
const TENANTS = ['acme', 'globex', 'initech', 'umbrella', 'hooli'];

/**
 * A distributed Sillage in one process, without its messages and without Kafka: records are written to the EventStoreDB
 * for tests, which always is one of its own, and projectors keep views in MongoDB, each its partition.
 */
export class SillageOnServers {
  private written = 0;
  private projecting = new AbortController();
  private projected: Promise<unknown> = Promise.resolve();

  private constructor(
    readonly store: EventStoreDbEventStore,
    readonly generations: MongoGenerations,
    readonly database: Awaited<ReturnType<MongoForTests['openDatabase']>>,
    private readonly environment: NodeJS.ProcessEnv,
    private readonly stopServer: () => Promise<void>,
  ) {}

  static async start(mongo: MongoForTests): Promise<SillageOnServers> {
    const { server, stop } = await startTestServer();
    const database = await mongo.openDatabase();
    const store = await openEventStoreDb({ url: server.url });
    const uri = new URL(database.db.databaseName, mongo.uri).href;
    const environment = { EVENTSTOREDB_URL: server.url, MONGODB_URI: uri };
    const generations = new MongoGenerations(database.db, REPORTING_SCHEMA);
    return new SillageOnServers(store, generations, database, environment, stop);
  }

  async stop(): Promise<void> {
    await this.haltProjectors();
    await this.store.close();
    await this.stopServer();
    await this.database.remove();
  }

  /** Runs a command as an operator does. */
  run(command: 'rebuild' | 'verify'): Promise<Said> {
    return sillageWith(this.environment, '.', command).ended;
  }

  /** Creates accounts of several tenants, and changes every third. */
  async write(count: number): Promise<void> {
    const directory = { missing: async () => [], pipeline: async () => undefined };
    const records = new Records(typeNamed('account'), { streams: this.store, directory, now: Date.now });
    const one = async (number: number) => {
      const tenant = TENANTS[number % TENANTS.length] ?? '';
      const context = { tenant, actor: 'ann', correlationId: newId(), deadline: Date.now() + 60_000 };
      const id = newId();
      await records.create(context, { id, commandId: newId(), fields: { name: `Account ${number}` } });
      if (number % 3 === 0) {
        await records.change(context, { id, commandId: newId(), patch: { name: `Changed ${number}` }, expected: 0 });
      }
    };
    const first = this.written;
    this.written += count;
    for (let number = first; number < this.written; number += 10) {
      const some = Array.from({ length: Math.min(10, this.written - number) }, (_, index) => one(number + index));
      await Promise.all(some);
    }
  }

  /** As the relay does at its start: it notes how many partitions there are. */
  async noteThePartitions(): Promise<void> {
    const relay = new Relay({
      store: this.store,
      publisher: new Publisher(RECORD_TYPES, this.store),
      now: Date.now,
      tell: () => {},
    });
    const stop = new AbortController();
    const running = relay.run(
      {
        name: 'sillage.events.v1',
        partitions: PARTITIONS,
        partitionOf: (tenant) => partitionOf(tenant, PARTITIONS),
        lastPositions: async () => [],
        openProducer: async () => ({ send: async () => {}, close: async () => {} }),
      },
      stop.signal,
    );
    await eventually(
      'the relay has begun',
      async () => (await this.store.readLast('relay-sillage.sillage.events.v1')) !== undefined,
    );
    stop.abort();
    await running;
  }

  /** Keeps the views of a generation up with the log, from where they are. */
  async project(generation: number): Promise<void> {
    await this.haltProjectors();
    this.projecting = new AbortController();
    const { signal } = this.projecting;
    const store = await this.generations.open(generation);
    const projectors = Array.from({ length: PARTITIONS }, (_, partition) => {
      const feed = new LogEventFeed(
        this.store,
        new Publisher(RECORD_TYPES, this.store),
        (tenant) => partitionOf(tenant, PARTITIONS) === partition,
      );
      return new Projector({ feed, store, partition, log: () => {} }).run(signal);
    });
    this.projected = Promise.all(projectors);
  }

  async haltProjectors(): Promise<void> {
    this.projecting.abort();
    await this.projected;
  }

  /** Waits until the views hold everything that has been written. */
  async untilShown(generation: number): Promise<void> {
    const head = await this.store.head();
    const views = await this.generations.read(generation);
    await eventually('the views have caught up', async () => {
      const positions = await Promise.all(
        Array.from({ length: PARTITIONS }, (_, partition) => views.checkpoint(partition)),
      );
      return Math.min(...positions) >= head;
    });
  }

  async checksum(generation: number): Promise<string> {
    return checksum(await this.generations.read(generation));
  }

  /** Of what a fold of all events into one partition makes. */
  async checksumOfTheLog(): Promise<string> {
    const feed = new LogEventFeed(this.store, new Publisher(RECORD_TYPES, this.store));
    const to = [await this.store.head()];
    const { signal } = new AbortController();
    const folder = temporaryDirectory();
    const store = openSqliteViewStore({ file: path.join(folder, 'views.db'), schema: REPORTING_SCHEMA });
    try {
      await foldTo({ feed, store, partitioning: ONE_PARTITION, to, signal });
      return await checksum(store);
    } finally {
      await store.close();
      rmSync(folder, { recursive: true });
    }
  }
}

function typeNamed(name: string) {
  const type = RECORD_TYPES.find((candidate) => candidate.name === name);
  if (type === undefined) throw new Error(`no record type ${name}`);
  return type;
}
