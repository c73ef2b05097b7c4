import { once } from 'node:events';
import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { type MongoDatabase, MongoLock } from './index.js';
import { describeOnMongo } from './testing/mongo-for-tests.js';

const LEASE = 200;

await describeOnMongo('a lock in MongoDB', (mongo) => {
  let database: MongoDatabase & { remove(): Promise<void> };
  let clock: number;
  const taken: MongoLock[] = [];

  beforeEach(async () => {
    database = await mongo.openDatabase();
    clock = Date.now();
  });
  afterEach(async () => {
    for (const lock of taken.splice(0)) await lock.release();
    await database.remove();
  });

  async function take(name = 'rebuild'): Promise<MongoLock | undefined> {
    const lock = await MongoLock.take({ db: database.db, name, now: () => clock, lease: LEASE });
    if (lock) taken.push(lock);
    return lock;
  }

  it('is held by one at a time, until it is released', async () => {
    const first = await take();
    expect(await take()).toBeUndefined();
    expect(await take('another')).toBeDefined();
    await first?.release();
    expect(await take()).toBeDefined();
  });

  it('is given to one of those who want it at once', async () => {
    const all = await Promise.all(Array.from({ length: 8 }, () => take()));
    expect(all.filter((lock) => lock !== undefined)).toHaveLength(1);
  });

  it('is kept for longer than its lease by a process that lives', async () => {
    const locks = database.db.collection<{ readonly _id: string; readonly until: number }>('locks');
    await take();
    const before = (await locks.findOne({ _id: 'rebuild' }))?.until ?? 0;
    clock += LEASE / 2;
    await expectEventually(async () => ((await locks.findOne({ _id: 'rebuild' }))?.until ?? 0) > before);
    clock = before + 1;
    expect(await take()).toBeUndefined();
  });

  it('can be taken when its lease is over, which the one before is told', async () => {
    const first = await take();
    const lost = first && once(first.lost, 'abort');
    // As if nobody had renewed it for so long.
    await database.db
      .collection<{ readonly _id: string }>('locks')
      .updateOne({ _id: 'rebuild' }, { $set: { until: 0 } });
    const second = await take();
    expect(second).toBeDefined();
    await lost;
    await first?.release();
    expect(await take()).toBeUndefined();
  });
});

async function expectEventually(condition: () => Promise<boolean>): Promise<void> {
  for (const deadline = Date.now() + 5_000; Date.now() < deadline; ) if (await condition()) return;
  throw new Error('it never came to be');
}
