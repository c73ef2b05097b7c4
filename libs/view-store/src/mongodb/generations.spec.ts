import { setTimeout } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { ViewsOfAnotherSchema } from '../errors.js';
import type { Schema } from '../view.js';
import { type MongoDatabase, MongoGenerations } from './index.js';
import { describeOnMongo } from './testing/mongo-for-tests.js';

const schema: Schema = {
  views: [{ name: 'notes', fields: { createdAt: { kind: 'instant', sortable: true } } }],
  cubes: [],
};

await describeOnMongo('the generations of the views on MongoDB', (mongo) => {
  let database: MongoDatabase & { remove(): Promise<void> };
  let generations: MongoGenerations;

  beforeEach(async () => {
    database = await mongo.openDatabase();
    generations = new MongoGenerations(database.db, schema);
  });
  afterEach(() => database.remove());

  async function make(number: number): Promise<void> {
    const store = await generations.open(number);
    await store.apply({ documents: [], cells: [], checkpoint: { partition: 0, after: 0, position: number } });
  }

  async function collections(): Promise<readonly string[]> {
    return (await database.db.listCollections().toArray()).map(({ name }) => name);
  }

  it('have none that serves until one is said to', async () => {
    expect([await generations.current(), await generations.next()]).toEqual([undefined, 1]);
    await make(1);
    expect(await generations.current()).toBeUndefined();
    await generations.serve(1);
    expect([await generations.current(), await generations.next()]).toEqual([1, 2]);
    expect(await new MongoGenerations(database.db, schema).current()).toBe(1);
  });

  it('have none that serves when it is lost', async () => {
    await make(1);
    await generations.serve(1);
    await generations.drop(1);
    expect(await generations.current()).toBeUndefined();
  });

  it('keep the one that serves and the one being made, and drop the others whole', async () => {
    for (const number of [1, 2, 3, 12]) await make(number);
    await generations.serve(2);
    await generations.dropOthers();
    const kept = new Set((await collections()).map((name) => name.split('.')[0]));
    expect(kept).toEqual(new Set(['serving', '2', '3']));
    expect(await (await generations.open(3)).checkpoint(0)).toBe(3);
  });

  it('are made anew where dropping them was interrupted', async () => {
    await make(1);
    await database.db
      .collection<{ _id: string }>('1.schema')
      .updateOne({ _id: 'schema' }, { $set: { dropping: true } });
    expect(await (await generations.open(1)).checkpoint(0)).toBe(0);
  });

  it('are not taken for those of another schema', async () => {
    await make(1);
    const others = new MongoGenerations(database.db, { ...schema, cubes: [{ name: 'sums', dimensions: [] }] });
    await expect(others.open(1)).rejects.toBeInstanceOf(ViewsOfAnotherSchema);
  });

  it('are read without making anything', async () => {
    await make(1);
    expect(await (await generations.read(1)).checkpoint(0)).toBe(1);
    const before = await collections();
    await expect(generations.read(2)).rejects.toBeInstanceOf(ViewsOfAnotherSchema);
    expect(await collections()).toEqual(before);
  });

  it('can be opened by several processes that find none', async () => {
    const stores = await Promise.all(
      Array.from({ length: 4 }, () => new MongoGenerations(database.db, schema).open(1)),
    );
    await make(1);
    expect(await Promise.all(stores.map((store) => store.checkpoint(0)))).toEqual([1, 1, 1, 1]);
  });

  it('tell which one serves, and when another process says that another does', async () => {
    await make(1);
    const told: number[] = [];
    const stop = generations.onServe((number) => told.push(number));
    const process = new MongoGenerations(database.db, schema);
    await process.serve(1);
    while (told.length < 1) await setTimeout(10);
    await make(2);
    await process.serve(2);
    while (told.length < 2) await setTimeout(10);
    expect(told).toEqual([1, 2]);
    stop();
  });

  describe('have indexes', () => {
    it('from the beginning', async () => {
      await generations.open(1);
      expect(await generations.createIndexes(1)).toEqual([]);
    });

    it('that are created when they are missing, once', async () => {
      await generations.open(1);
      await database.db.collection('1.view.notes').dropIndex('by terms');
      await database.db.dropCollection('1.redo');
      expect(await generations.createIndexes(1)).toEqual(['1.view.notes by terms', '1.redo by partition']);
      expect(await generations.createIndexes(1)).toEqual([]);
    });
  });
});
