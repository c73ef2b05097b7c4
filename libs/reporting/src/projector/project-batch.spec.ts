import { describe, expect, it } from '@jest/globals';
import type { ViewReader } from '@sillage/view-store';
import { REPORTING_SCHEMA } from '../schema.js';
import { InMemoryViewStore } from '../testing/in-memory-view-store.js';
import { TestLog } from '../testing/test-log.js';
import { projectBatch } from './project-batch.js';

const FUNNEL = 'opportunities-pipeline-stage-currency';

describe('what a batch of events makes of the views', () => {
  it('are absolute values, each with the position of the last event that touched it', async () => {
    const log = new TestLog();
    log.tell('opportunities/a', { stage: 'proposal', stageKind: 'open', amount: { value: '10', currency: 'EUR' } });
    const begun = log.tell('opportunities/b', { stage: 'proposal', stageKind: 'open' });
    const revised = log.tell('opportunities/a', { amount: { value: '12.5', currency: 'EUR' } });
    const noted = log.tell('opportunities/a', { lostReason: 'none yet' });

    const { batch } = await project(log);

    expect(batch.documents).toMatchObject([
      { view: 'opportunities', id: 'a', ordinal: 3, position: noted, document: { lostReason: 'none yet' } },
      { view: 'opportunities', id: 'b', ordinal: begun, position: begun },
      { view: 'progress', id: 'acme', position: noted },
    ]);
    expect(batch.cells.filter(({ cube }) => cube === FUNNEL)).toMatchObject([
      { dimensions: [null, 'proposal', 'EUR'], measures: { count: 1n, amount: 1_250n }, position: revised },
      { dimensions: [null, 'proposal', null], measures: { count: 1n }, position: begun },
    ]);
  });

  it('has a cell without measures where the last record has left', async () => {
    const log = new TestLog();
    log.tell('opportunities/a', { stage: 'proposal', stageKind: 'open' });
    const store = new InMemoryViewStore(REPORTING_SCHEMA);
    await store.apply((await project(log, store)).batch);
    const won = log.tell('opportunities/a', { stage: 'won', stageKind: 'won' });

    const { batch } = await project(log, store, 1);

    expect(batch.cells.filter(({ cube }) => cube === FUNNEL)).toMatchObject([
      { dimensions: [null, 'proposal', null], measures: {}, position: won },
      { dimensions: [null, 'won', null], measures: { count: 1n, won: 1n }, position: won },
    ]);
  });

  it('touches no cell where nothing that a report sums has changed', async () => {
    const log = new TestLog();
    log.tell('accounts/a', { name: 'Acme', industry: 'retail' });
    const store = new InMemoryViewStore(REPORTING_SCHEMA);
    await store.apply((await project(log, store)).batch);
    log.tell('accounts/a', { phone: '1234' });

    const { batch } = await project(log, store, 1);

    expect(batch.documents.map(({ view }) => view)).toEqual(['accounts', 'progress']);
    expect(batch.cells).toEqual([]);
  });
});

function project(log: TestLog, reader: ViewReader = new InMemoryViewStore(REPORTING_SCHEMA), from = 0) {
  const events = log.events.slice(from);
  const [after, position] = [log.events[from - 1]?.position ?? 0, events.at(-1)?.position ?? 0];
  return projectBatch(reader, events, { partition: 0, after, position });
}
