import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { MongoLock } from '@sillage/view-store/mongodb';
import { describeOnMongo } from '@sillage/view-store/mongodb/testing';
import { SillageOnServers } from './sillage-on-servers.js';

await describeOnMongo('on EventStoreDB (test server) and MongoDB', (mongo) => {
  let sillage: SillageOnServers;

  beforeEach(async () => {
    sillage = await SillageOnServers.start(mongo);
    await sillage.noteThePartitions();
    await sillage.write(60);
    await sillage.project(1);
    await sillage.generations.serve(1);
    await sillage.untilShown(1);
  });
  afterEach(() => sillage.stop());

  /** Changes a document behind everybody's back. */
  async function spoilView(): Promise<void> {
    const accounts = sillage.database.db.collection<{ document: string }>('1.view.accounts');
    const found = await accounts.findOne({ document: /"Account 40"/ });
    const document = found?.document.replace('Account 40', 'Account 41') ?? '';
    await accounts.updateOne({ document: found?.document ?? '' }, { $set: { document } });
  }

  describe('sillage rebuild', () => {
    it('makes the same views as those that serve, and lets them serve', async () => {
      const { code, stdout, stderr } = await sillage.run('rebuild');
      expect([code, stderr]).toEqual([0, '']);
      expect(stdout).toMatch(/^folded 80 events in \d+ ms/);
      expect(stdout).toContain('the views that served so far were the same');
      expect(await sillage.generations.current()).toBe(2);
      expect(await sillage.checksum(2)).toBe(await sillage.checksumOfTheLog());
    });

    it('leaves no gap to those who take the views over while more is written', async () => {
      const writing = sillage.write(200);
      const rebuilt = await sillage.run('rebuild');
      await sillage.project(2);
      await writing;
      await sillage.untilShown(2);
      expect(rebuilt.code).toBe(0);
      expect(await sillage.checksum(2)).toBe(await sillage.checksumOfTheLog());
    });

    it('replaces views that are wrong, and says in what', async () => {
      await spoilView();
      const { code, stdout } = await sillage.run('rebuild');
      expect(code).toBe(0);
      expect(stdout).toMatch(/differed.*replaced:\n {2}accounts \w+ \S+\n$/s);
    });

    it('makes the first views', async () => {
      await sillage.haltProjectors();
      await sillage.generations.drop(1);
      const { code, stdout } = await sillage.run('rebuild');
      expect([code, await sillage.generations.current()]).toEqual([0, 1]);
      expect(stdout).toContain('there were no views of this version before');
      expect(await sillage.checksum(1)).toBe(await sillage.checksumOfTheLog());
    });

    it('is done by one process at a time', async () => {
      const lock = await MongoLock.take({ db: sillage.database.db, name: 'rebuild', now: Date.now });
      expect(await sillage.run('rebuild')).toEqual({
        code: 1,
        stdout: '',
        stderr: 'sillage: another process is rebuilding these views\n',
      });
      await lock?.release();
      expect((await sillage.run('rebuild')).code).toBe(0);
    });
  });

  describe('sillage verify', () => {
    it('finds nothing wrong, and makes nothing', async () => {
      const names = async () => (await sillage.database.db.listCollections().toArray()).map(({ name }) => name);
      const before = await names();
      const { code, stdout } = await sillage.run('verify');
      expect(stdout).toMatch(/^\d+ events are whole; the views are right up to event \d+, each of 3 partitions/);
      expect([code, await names()]).toEqual([0, before]);
    });

    it('names what the views have wrong', async () => {
      await spoilView();
      const { code, stdout } = await sillage.run('verify');
      expect(code).toBe(1);
      expect(stdout).toMatch(/accounts of \w+, \S+: is .*Account 41.* but the events make .*Account 40/);
    });

    it('says when the views are of other events', async () => {
      await sillage.haltProjectors();
      await sillage.database.db
        .collection<{ readonly _id: number }>('1.partitions')
        .updateOne({ _id: 0 }, { $set: { position: 1e12 } });
      const { code, stderr } = await sillage.run('verify');
      expect(code).toBe(1);
      expect(stderr).toMatch(/^sillage: the views are at position 1000000000000, where the events end at \d+\n$/);
    });
  });

  it('says that views which never rest were not compared, and lets a rebuild replace them', async () => {
    await sillage.haltProjectors();
    const pending = { batch: 'of another process', parts: 1, position: 1e12 };
    await sillage.database.db
      .collection<{ readonly _id: number }>('1.partitions')
      .updateOne({ _id: 0 }, { $set: { pending } });

    const verified = await sillage.run('verify');
    const rebuilt = await sillage.run('rebuild');

    expect(verified).toMatchObject({
      code: 1,
      stdout: expect.stringMatching(/events are whole; the views were written to all the while\n$/),
      stderr: 'sillage: the views were not verified: try again at a quieter moment\n',
    });
    expect(rebuilt.code).toBe(0);
    expect(rebuilt.stdout).toContain('were written to all the while: they were not compared, and were replaced');
    expect(await sillage.checksum(2)).toBe(await sillage.checksumOfTheLog());
  });
});
