import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { ViewsMovedOn } from '../errors.js';
import { DEALS, SampleLog, SCHEMA } from '../testing/samples.js';
import { type MongoDatabase, MongoGenerations } from './index.js';
import { FaultyDatabase } from './testing/faulty-database.js';
import { describeOnMongo } from './testing/mongo-for-tests.js';

await describeOnMongo('batches for MongoDB that do not wait for one another', (mongo) => {
  let database: MongoDatabase & { remove(): Promise<void> };
  let faults: FaultyDatabase;
  let log: SampleLog;

  beforeEach(async () => {
    database = await mongo.openDatabase();
    faults = new FaultyDatabase(database.db);
    log = new SampleLog('tenant');
  });
  afterEach(() => database.remove());

  const opened = () => new MongoGenerations(faults.db, SCHEMA).open(1);
  const aBatch = () => log.batch({ documents: [log.created()] });

  it('are written in turn, and what they are made anew from is stored before', async () => {
    const writes: string[] = [];
    const store = await opened();
    const batches = [aBatch(), aBatch(), aBatch()];
    faults.at = (moment, write) => {
      if (moment === 'before') writes.push(write);
    };
    await Promise.all(batches.map((batch) => store.apply(batch)));

    expect(await store.checkpoint(0)).toBe(log.position);
    expect(await store.get(DEALS.name, 'tenant', ['deal-1', 'deal-2', 'deal-3'])).toHaveLength(3);
    // Three decided, three done.
    const decided = writes.flatMap((write, index) => (write === 'updateOne 1.partitions' ? [index] : []));
    expect(decided).toHaveLength(6);
    expect(writes.slice(0, decided[1]).filter((write) => write === 'insertMany 1.redo')).toHaveLength(3);
  });

  it('are not written behind one that begins elsewhere', async () => {
    const store = await opened();
    await store.apply(aBatch());
    const reached = log.position;
    aBatch();
    const [wrong, next] = [aBatch(), aBatch()].map((batch) => store.apply(batch));
    await expect(wrong).rejects.toThrow(ViewsMovedOn);
    await expect(next).rejects.toThrow(ViewsMovedOn);
    expect(await store.checkpoint(0)).toBe(reached);
  });

  it('are not written behind one that failed, and are when they come again', async () => {
    const store = await opened();
    const batches = [aBatch(), aBatch()];
    faults.at = (moment, write) => {
      if (moment === 'before' && write === 'bulkWrite 1.view.deals') throw new Error('cut off');
    };
    const [first, second] = batches.map((batch) => store.apply(batch));
    await expect(first).rejects.toThrow('cut off');
    await expect(second).rejects.toThrow('cut off');

    faults.at = () => {};
    expect(await store.checkpoint(0)).toBe(batches[0]?.checkpoint.position);
    await Promise.all(batches.slice(1).map((batch) => store.apply(batch)));
    expect(await store.checkpoint(0)).toBe(log.position);
    expect(await database.db.collection('1.redo').countDocuments()).toBe(0);
  });
});
