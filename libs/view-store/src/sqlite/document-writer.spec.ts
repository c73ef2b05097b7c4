import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { JsonObject } from '@sillage/kernel';
import { idsOnAllPages } from '../testing/reading.js';
import { queryOf, SampleLog, SCHEMA } from '../testing/samples.js';
import { KEYS_PER_MILLISECOND, keysOf } from './document-key.js';
import { openSqliteViewStore, type SqliteViewStore } from './index.js';
import { TemporaryFile } from './testing/temporary-file.js';

describe('writing documents to a file', () => {
  const file = new TemporaryFile();
  let store: SqliteViewStore;
  let log: SampleLog;

  beforeEach(() => {
    store = openSqliteViewStore({ file: file.path, schema: SCHEMA });
    log = new SampleLog('tenant');
  });
  afterEach(() => store.close());

  /** Does something to the file by the side of the store. */
  function inFile<T>(work: (database: DatabaseSync) => T): T {
    const database = new DatabaseSync(file.path);
    try {
      return work(database);
    } finally {
      database.close();
    }
  }

  it('goes on in the next millisecond when one is full', async () => {
    const createdAt = '2026-03-01T08:00:00.000Z';
    const [first, second] = [log.created({ createdAt }), log.created({ createdAt })];
    await store.apply(log.batch({ documents: [first] }));
    // As if there had been two million before it.
    const last = keysOf(createdAt).first + KEYS_PER_MILLISECOND - 1n;
    inFile((database) => database.prepare('UPDATE "view deals" SET key = ?').run(last));

    await store.apply(log.batch({ documents: [second, log.created({ createdAt: '2026-03-01T08:00:00.001Z' })] }));

    const sorted = queryOf('tenant', { sort: { field: 'probability', descending: false } });
    expect(await idsOnAllPages(store, sorted)).toEqual(['deal-1', 'deal-2', 'deal-3']);
  });

  it('takes what was created out of all bounds as created at them', async () => {
    const instants = [
      '0001-01-01T00:00:00.000Z',
      '1753-01-01T00:00:00.000Z',
      '2026-01-01T00:00:00.000Z',
      '9999-12-31T23:59:59.999Z',
    ];
    const documents = instants.map((createdAt) => log.created({ createdAt }));
    await store.apply(log.batch({ documents }));

    expect(await idsOnAllPages(store, queryOf('tenant', { limit: 1 }))).toEqual(documents.map(({ id }) => id));
  });

  it('leaves the full-text index alone when no token changes', async () => {
    const deal = log.created({ name: 'Jane', probability: 1, seenAt: '2026-01-01T00:00:00.000Z' });
    await store.apply(log.batch({ documents: [deal] }));
    const segments = () =>
      inFile((database) => {
        const statement = database.prepare('SELECT id, block FROM "view deals terms_data"');
        statement.setReadBigInts(true);
        return statement.all();
      });
    const before = segments();

    const changes: JsonObject[] = [{ probability: 2 }, { unknown: 1 }, { amount: { value: '1', currency: 'EUR' } }];
    for (const fields of changes) await store.apply(log.batch({ documents: [log.changed(deal, fields)] }));
    expect(segments()).toEqual(before);

    await store.apply(log.batch({ documents: [log.changed(deal, { name: 'Joan' })] }));
    expect(segments()).not.toEqual(before);
  });

  it('can be done again after a batch has failed', async () => {
    const stranger = new SampleLog('new tenant');
    const deal = stranger.created({ createdAt: '2027-01-01T00:00:00.000Z' });
    const failing = stranger.batch({ documents: [deal, { ...deal, view: 'nothing' }] });
    await expect(store.apply(failing)).rejects.toThrow('nothing');

    await store.apply({ ...failing, documents: [deal] });

    expect(await idsOnAllPages(store, queryOf('new tenant'))).toEqual([deal.id]);
  });
});
