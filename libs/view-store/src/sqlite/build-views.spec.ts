import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { allOf, idsOnPage } from '../testing/reading.js';
import { DEALS, filterOf, queryOf, SampleLog, SCHEMA } from '../testing/samples.js';
import { viewStoreContract } from '../testing/view-store-contract.js';
import type { ViewBatch, ViewBuild, ViewStore } from '../view-store.js';
import { buildSqliteViews } from './build-views.js';
import { openSqliteViewStore } from './index.js';
import { TemporaryFile } from './testing/temporary-file.js';

/** A build that is completed after each batch, so that it is to behave as any other store. */
function completedEachTime(build: ViewBuild): ViewStore {
  const apply = async (batch: ViewBatch): Promise<void> => {
    await build.apply(batch);
    await build.complete();
  };
  return new Proxy<ViewStore>(build, {
    get: (target, name) => {
      if (name === 'apply') return apply;
      const member: unknown = Reflect.get(target, name);
      return typeof member === 'function' ? member.bind(target) : member;
    },
  });
}

const file = new TemporaryFile();

viewStoreContract('a build in SQLite', async () => ({
  open: async () => {
    const build = buildSqliteViews(file.path, SCHEMA);
    await build.complete();
    return completedEachTime(build);
  },
  remove: async () => {},
}));

describe('views built in SQLite', () => {
  let build: ViewBuild;
  const log = () => new SampleLog('tenant');

  beforeEach(() => {
    build = buildSqliteViews(file.path, SCHEMA);
  });
  afterEach(() => build.close());

  it('are those that a store would hold, however batches overlap', async () => {
    const other = openSqliteViewStore({ file: `${file.path}.other`, schema: SCHEMA });
    const sample = log();
    const deals = Array.from({ length: 50 }, (_, index) => sample.created({ name: `Deal ${index % 7}` }));
    const batches = [sample.batch({ documents: deals })];
    for (const which of [0, 1, 2, 3]) {
      const documents = deals.slice(which, which + 20).map((deal) => sample.changed(deal, { owner: `owner ${which}` }));
      batches.push(
        sample.batch({ documents, cells: [sample.cell(['new', null, null], { count: BigInt(which + 1) })] }),
      );
    }
    for (const batch of batches) await Promise.all([build.apply(batch), other.apply(batch)]);
    await build.complete();

    expect(await allOf(build.scan(DEALS.name))).toEqual(await allOf(other.scan(DEALS.name)));
    expect(await allOf(build.scanCells('pipeline'))).toEqual(await allOf(other.scanCells('pipeline')));
    const query = queryOf('tenant', { sort: { field: 'name', descending: true } });
    expect(await idsOnPage(build, query)).toEqual(await idsOnPage(other, query));
    await other.close();
  });

  it('go on where they were left, and have their indexes wherever they are opened next', async () => {
    const sample = log();
    await build.apply(sample.batch({ documents: [sample.created({ name: 'One' })] }));
    await build.close();

    build = buildSqliteViews(file.path, SCHEMA);
    expect(await build.checkpoint(0)).toBe(1);
    await build.apply(sample.batch({ documents: [sample.created({ name: 'Two' })] }));
    await build.close();

    const store = openSqliteViewStore({ file: file.path, schema: SCHEMA });
    expect(await idsOnPage(store, queryOf('tenant', { sort: { field: 'name', descending: false } }))).toEqual([
      'deal-1',
      'deal-2',
    ]);
    expect(await store.count(DEALS.name, filterOf('tenant'), 10)).toBe(2);
    await store.close();
    build = buildSqliteViews(file.path, SCHEMA);
  });

  it('tell a failure to whoever calls next', async () => {
    const sample = log();
    const documents = [sample.created({ createdAt: 'no instant' })];
    await build.apply(sample.batch({ documents }));
    await expect(build.apply(sample.batch({ documents: [sample.created()] }))).rejects.toThrow('no instant');
    expect(await build.checkpoint(0)).toBe(0);
  });
});
