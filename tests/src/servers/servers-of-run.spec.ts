import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { serverOf } from '@sillage/kernel/testing';
import { ServersOfRun, type Start } from './servers-of-run.js';

const missing =
  (reason: string): Start =>
  async () => ({ missing: reason });

describe('the servers of a test run', () => {
  let servers: ServersOfRun | undefined;
  let before: NodeJS.ProcessEnv;
  const log: string[] = [];

  const works =
    (at: string): Start =>
    async () => {
      log.push(`started ${at}`);
      return { at, stop: async () => log.push(`stopped ${at}`) };
    };

  async function open(...kafka: readonly Start[]): Promise<void> {
    servers = await ServersOfRun.open({ EVENTSTOREDB_URL: [], KAFKA_BROKERS: kafka, MONGODB_URI: [] });
    process.env.SILLAGE_TEST_SERVERS = servers.url;
  }

  beforeEach(() => {
    before = { ...process.env };
    for (const name of ['EVENTSTOREDB_URL', 'KAFKA_BROKERS', 'MONGODB_URI']) delete process.env[name];
    log.splice(0);
  });
  afterEach(async () => {
    await servers?.stop();
    process.env = before;
  });

  it('are those that the variables name; nothing is started for them', async () => {
    await open(works('container:1'));
    process.env.KAFKA_BROKERS = 'given:9092';
    expect(await serverOf('KAFKA_BROKERS')).toEqual({ at: 'given:9092' });
    expect(log).toEqual([]);
  });

  it('are started when they are first asked for, once for all who ask, and stopped with the run', async () => {
    await open(works('container:1'));
    expect(log).toEqual([]);
    const found = await Promise.all([serverOf('KAFKA_BROKERS'), serverOf('KAFKA_BROKERS')]);
    expect(found).toEqual([{ at: 'container:1' }, { at: 'container:1' }]);
    await servers?.stop();
    expect(log).toEqual(['started container:1', 'stopped container:1']);
  });

  it('are started in another way where the best one is missing or fails', async () => {
    const fails = async () => {
      throw new Error('no such image');
    };
    await open(missing('no Docker engine answers'), fails, works('jars:1'));
    expect(await serverOf('KAFKA_BROKERS')).toEqual({ at: 'jars:1' });
  });

  it('say of one that cannot be had every reason, which the end of the run repeats', async () => {
    await open(missing('no Docker engine answers'), missing('it needs Java 17 or newer'));
    expect(await serverOf('KAFKA_BROKERS')).toEqual({
      missing: 'KAFKA_BROKERS is not set, and no Docker engine answers, and it needs Java 17 or newer',
    });
    expect(await serverOf('MONGODB_URI')).toEqual({ missing: 'MONGODB_URI is not set' });
  });

  it('are none but those that the variables name, without a run that has any', async () => {
    delete process.env.SILLAGE_TEST_SERVERS;
    expect(await serverOf('EVENTSTOREDB_URL')).toEqual({ missing: 'EVENTSTOREDB_URL is not set' });
  });
});
