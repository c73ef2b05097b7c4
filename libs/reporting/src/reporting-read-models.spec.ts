import { describe, expect, it } from '@jest/globals';
import type { ViewStore } from '@sillage/view-store';
import { Progress } from './projector/view-progress.js';
import { ReportingReadModels } from './reporting-read-models.js';
import { REPORTING_SCHEMA } from './schema.js';
import { InMemoryViewStore } from './testing/in-memory-view-store.js';

const nothing = { tenant: 'acme', parameters: [] };

describe('a read that waits for a position', () => {
  it('is answered as soon as the views are there', async () => {
    const { models, progress } = given();
    progress.advance(6);
    const answer = models.list({ ...nothing, type: 'accounts', waitFor: 7 });
    progress.advance(7);
    expect(JSON.parse((await answer).body)).toEqual({ items: [], nextCursor: null });
  });

  it('is refused with views-behind when they are not there in time', async () => {
    const progress = { waitFor: async (_: string, __: number, timeoutMs: number) => timeoutMs > 2_000 };
    const models = new ReportingReadModels(await storeAt(6), progress);
    const behind = { code: 'views-behind', params: { position: 7, reached: 6 } };
    await expect(models.list({ ...nothing, type: 'accounts', waitFor: 7 })).rejects.toMatchObject(behind);
    const report = { ...nothing, report: 'accounts', waitFor: 7 };
    await expect(models.report({ ...report, format: 'json' })).rejects.toMatchObject(behind);
    await expect(models.detail({ ...report, format: 'csv' })).rejects.toMatchObject(behind);
  });
});

describe('the read models', () => {
  it('say how far the views are', async () => {
    const models = new ReportingReadModels(await storeAt(42), new Progress());
    expect(await models.position('acme')).toBe(42);
  });

  it('know no other lists and reports than those of the API', async () => {
    const { models } = given();
    const unknown = { code: 'route-not-found' };
    for (const name of ['accountTotals', 'parked', 'constructor', '']) {
      await expect(models.list({ ...nothing, type: name })).rejects.toMatchObject(unknown);
      await expect(models.report({ ...nothing, report: name, format: 'json' })).rejects.toMatchObject(unknown);
      await expect(models.detail({ ...nothing, report: name, format: 'csv' })).rejects.toMatchObject(unknown);
    }
  });
});

async function storeAt(position: number): Promise<ViewStore> {
  const store = new InMemoryViewStore(REPORTING_SCHEMA);
  await store.apply({ documents: [], cells: [], checkpoint: { partition: 0, after: 0, position } });
  return store;
}

function given() {
  const progress = new Progress();
  return { progress, models: new ReportingReadModels(new InMemoryViewStore(REPORTING_SCHEMA), progress) };
}
