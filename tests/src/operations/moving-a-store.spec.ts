import { existsSync, rmSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startTestServer } from '@sillage/event-store/eventstoredb/testing';
import { describeOnMongo } from '@sillage/view-store/mongodb/testing';
import { type Answer, Api } from '../api.js';
import { lastPosition } from '../data/reports.js';
import { MASTER_KEY } from '../master-key.js';
import { Server, temporaryDirectory } from '../server.js';
import { sillage, sillageWith } from '../sillage.js';

const REPORTS = [
  'prospects?groupBy=source,stage,owner',
  'opportunities?groupBy=account,stage,currency',
  'opportunities?groupBy=owner,closedMonth',
  'accounts?groupBy=industry,account',
];

const ORDER = { name: '200 licences', amount: { value: '1500.00', currency: 'EUR' }, externalId: 'order-1' };
const KEY = { 'idempotency-key': 'order-1' };

const folder = temporaryDirectory();
const moved = path.join(folder, 'moved');
const file = path.join(folder, 'export.ndjson');

let first: Server;
let second: Server;
let ordered: Answer;
let before: Shown;

/** What a server shows of its views, but for when it was asked. */
interface Shown {
  readonly reports: readonly unknown[];
  readonly newest: unknown;
  readonly found: unknown;
}

beforeAll(async () => {
  first = await Server.start();
  const api = Api.of(first);
  await run('demo', first.dataDirectory, '--size', '1500', '--seed', '7');
  ordered = await api.post('/v1/opportunities', ORDER, KEY);
  await api.patch(`/v1/opportunities/${ordered.body.id}`, { stage: 'won', amount: { value: '1800.00' } }, 0);
  const gone = await api.post('/v1/accounts', { name: 'Gone', externalId: 'gone' });
  await api.delete(`/v1/accounts/${gone.body.id}`, 0);
  before = await shownBy(api);
}, 60_000);

afterAll(async () => {
  await second?.stop();
  await first.stop();
  rmSync(folder, { recursive: true });
});

function run(command: string, dataDirectory: string, ...args: readonly string[]) {
  return sillage(dataDirectory, folder, command, ...args).ended;
}

async function shownBy(api: Api): Promise<Shown> {
  const upToDate = { 'sillage-wait-for': await lastPosition(api) };
  const bodies = async (paths: readonly string[]) =>
    Promise.all(paths.map(async (one) => ({ ...(await api.get(one, upToDate)).body, at: '' })));
  const [newest, found] = await bodies(['/v1/interactions?limit=200', '/v1/opportunities?q=licen&sort=-amount']);
  return { reports: await bodies(REPORTS.map((report) => `/v1/reports/${report}`)), newest, found };
}

describe('a store that is moved to another place', () => {
  it('is exported while the server runs', async () => {
    const { code, stdout } = await run('export', first.dataDirectory, file);
    expect([code, stdout]).toEqual([0, expect.stringMatching(/^\d+ events are in .*export\.ndjson\ndigest \S{64}\n$/)]);
    expect(existsSync(`${file}.part`)).toBe(false);
  });

  it('is loaded once, however often', async () => {
    const loaded = await run('load', moved, file);
    const again = await run('load', moved, file);
    expect([loaded.code, again.code]).toEqual([0, 0]);
    expect(loaded.stdout).toMatch(/^(\d+) events are in the store, in the order of the archive\n$/);
    expect(again.stdout).toMatch(/^(\d+) events are in the store, \1 of them from before/);
  });

  it('shows the same lists and reports', async () => {
    second = await Server.start({ dataDirectory: moved });
    expect(await shownBy(Api.of(second))).toEqual(before);
  });

  it('is sound, and its views are those of the first', async () => {
    const verified = await run('verify', moved);
    expect([verified.code, verified.stdout]).toEqual([
      0,
      expect.stringMatching(/are whole; the views are right up to/),
    ]);
    const checksums = await Promise.all([first.dataDirectory, moved].map((place) => run('rebuild', place)));
    const [of, ofMoved] = checksums.map(({ stdout }) => /^checksum (\S+)$/m.exec(stdout)?.[1]);
    expect([of, ofMoved]).toEqual([expect.any(String), of]);
  });

  it('answers a repeated request as before, and keeps external ids taken', async () => {
    const api = Api.of(second);
    const repeated = await api.post('/v1/opportunities', ORDER, KEY);
    expect([repeated.status, repeated.body]).toEqual([201, ordered.body]);
    const position = repeated.headers.get('sillage-position') ?? '';
    expect((await api.get('/v1/opportunities?limit=1', { 'sillage-wait-for': position })).status).toBe(200);
    expect((await api.post('/v1/opportunities', ORDER)).body.code).toBe('external-id-taken');
    expect((await api.post('/v1/accounts', { name: 'Back', externalId: 'gone' })).status).toBe(201);
  });

  it('is not loaded where a server runs, nor over another store', async () => {
    const running = await run('load', moved, file);
    expect([running.code, running.stderr]).toEqual([1, expect.stringMatching(/in use by another process\n$/)]);
    const other = await Server.start();
    try {
      await Api.of(other).post('/v1/prospects', { name: 'Another' });
      await other.stop('SIGKILL');
      const refused = await run('load', other.dataDirectory, file);
      expect([refused.code, refused.stderr]).toEqual([1, expect.stringMatching(/something else of default: in \S+/)]);
    } finally {
      rmSync(other.dataDirectory, { recursive: true });
    }
  });

  it('says so when the server is not there', async () => {
    const url = 'esdb://user:geheim@127.0.0.1:1?tls=false';
    const { code, stderr } = await sillageWith({ EVENTSTOREDB_URL: url }, folder, 'export', 'none.ndjson').ended;
    expect([code, stderr]).toEqual([1, expect.stringMatching(/^sillage: cannot open the event store esdb:[^\n]+\n$/)]);
    expect(stderr).not.toContain('geheim');
  });

  it('is no file where there is nothing to export', async () => {
    const nowhere = await run('export', path.join(folder, 'nothing'), path.join(folder, 'none.ndjson'));
    expect([nowhere.code, nowhere.stderr]).toEqual([1, expect.stringMatching(/^sillage: there are no events in /)]);
    expect(existsSync(path.join(folder, 'none.ndjson'))).toBe(false);
  });
});

await describeOnMongo('a store that is moved to servers', (mongo) => {
  it('goes to EventStoreDB and back without a difference', async () => {
    const { server, stop } = await startTestServer();
    const back = path.join(folder, 'back');
    const database = await mongo.openDatabase();
    const uri = new URL(database.db.databaseName, mongo.uri).href;
    const environment = { EVENTSTOREDB_URL: server.url, SILLAGE_KEYS_URI: uri, SILLAGE_MASTER_KEY: MASTER_KEY };
    const onServer = (...args: readonly string[]) => sillageWith(environment, folder, ...args).ended;
    try {
      const loaded = await onServer('load', file);
      const again = await onServer('load', file);
      const exported = await onServer('export', path.join(folder, 'back.ndjson'));
      const loadedBack = await run('load', back, path.join(folder, 'back.ndjson'));
      // What takes seconds tells how far it is.
      const withoutProgress = (text: string) => text.replace(/^(?:load|export): \d+ %, \d+ events\n/gm, '');
      expect([loaded, again, exported, loadedBack].map(({ code, stderr }) => [code, withoutProgress(stderr)])).toEqual(
        Array.from({ length: 4 }, () => [0, '']),
      );
      expect(again.stdout).toMatch(/^(\d+) events are in the store, \1 of them from before/);
      const before = (await run('export', first.dataDirectory, path.join(folder, 'first.ndjson'))).stdout;
      expect(exported.stdout.split('\n')[1]).toBe(before.split('\n')[1]);
    } finally {
      await stop();
      await database.remove();
    }
    expect((await run('rebuild', back)).stdout).toContain(
      (await run('rebuild', first.dataDirectory)).stdout.split('\n')[1],
    );
    expect((await run('verify', back)).code).toBe(0);
  }, 60_000);
});
