import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { MongoGenerations } from '@sillage/view-store/mongodb';
import { describeOnMongo } from '@sillage/view-store/mongodb/testing';

const MAIN = join(import.meta.dirname, '../main.js');

function indexes(environment: NodeJS.ProcessEnv): Promise<{ code: number; stdout: string; stderr: string }> {
  const options = { env: { PATH: process.env.PATH, ...environment } };
  return new Promise((resolve) => {
    execFile(process.execPath, [MAIN, 'indexes'], options, (error, stdout, stderr) => {
      resolve({ code: error === null ? 0 : Number(error.code), stdout, stderr });
    });
  });
}

describe('sillage indexes', () => {
  it('wants to be told where the database is', async () => {
    expect(await indexes({})).toEqual({ code: 1, stdout: '', stderr: 'sillage: MONGODB_URI is not set\n' });
  });

  it('says in one line that there is none', async () => {
    const { code, stderr } = await indexes({ MONGODB_URI: 'mongodb://127.0.0.1:1' });
    expect(code).toBe(1);
    expect(stderr).toMatch(/^sillage: cannot reach MongoDB: .*ECONNREFUSED.*\n$/);
  });
});

await describeOnMongo('sillage indexes on MongoDB', (mongo) => {
  let database: Awaited<ReturnType<typeof mongo.openDatabase>>;
  let uri: string;

  beforeAll(async () => {
    database = await mongo.openDatabase();
    uri = new URL(database.db.databaseName, mongo.uri).href;
  });
  afterAll(() => database.remove());

  it('creates what is missing, once', async () => {
    const first = await indexes({ MONGODB_URI: uri });
    expect(first).toMatchObject({ code: 0, stderr: '' });
    expect(first.stdout).toMatch(/^created 1\.view\.prospects by createdAt$/m);
    expect(first.stdout).toMatch(/^created 1\.view\.opportunities by amount$/m);

    await database.db.collection('1.view.opportunities').dropIndex('by amount');
    expect((await indexes({ MONGODB_URI: uri })).stdout).toBe('created 1.view.opportunities by amount\n');
    expect((await indexes({ MONGODB_URI: uri })).stdout).toBe('no index is missing\n');
  });

  it('leaves the views of another version alone', async () => {
    const others = new MongoGenerations(database.db, { views: [], cubes: [] });
    await others.open(7);
    await others.serve(7);
    expect(await indexes({ MONGODB_URI: uri })).toMatchObject({
      code: 1,
      stderr: 'sillage: the views that serve were made by another version: they have its indexes\n',
    });
  });
});
