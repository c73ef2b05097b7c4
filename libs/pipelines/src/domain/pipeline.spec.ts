import { describe, expect, it } from '@jest/globals';
import { given } from '@sillage/kernel/testing';
import { DEFAULT_PIPELINES } from './default-pipelines.js';
import { pipeline } from './pipeline.js';

const open = { key: 'new', name: 'New', probability: 10, kind: 'open' };
const won = { key: 'won', name: 'Won', probability: 100, kind: 'won' };
const data = { name: 'Direct', appliesTo: 'opportunities', stages: [open, won] };
const created = { type: 'PipelineCreated', data };

describe('a pipeline', () => {
  it('is created with its stages in order', () => {
    given(pipeline).when({ do: 'create', fields: data }).thenTold(created);
  });

  it('has no two stages of one key', () => {
    given(pipeline)
      .when({ do: 'create', fields: { ...data, stages: [open, won, open] } })
      .thenRefused('not-possible', { path: 'stages[2].key', code: 'duplicate' });
  });

  it('has an open stage to begin in', () => {
    given(pipeline)
      .when({ do: 'create', fields: { ...data, stages: [won] } })
      .thenRefused('not-possible', { path: 'stages', code: 'no-open-stage' });
  });

  it('stays with the records it applies to', () => {
    given(pipeline, created)
      .when({ do: 'change', patch: { appliesTo: 'prospects' } })
      .thenRefused('not-possible', { path: 'appliesTo', code: 'read-only' });
  });

  it('tells a change of its stages apart from other changes', () => {
    given(pipeline, created)
      .when({ do: 'change', patch: { name: 'Sales', stages: [won, open] } })
      .thenTold(
        { type: 'PipelineStagesRevised', data: { stages: [won, open] } },
        { type: 'PipelineDetailsRevised', data: { name: 'Sales' } },
      );
  });
});

describe('the default pipelines', () => {
  it('have the stages of the public API', () => {
    const keys = (stages: unknown) => (stages as { key: string }[]).map(({ key }) => key);
    expect(keys(DEFAULT_PIPELINES.prospects.stages)).toEqual([
      'new',
      'contacted',
      'qualified',
      'converted',
      'unqualified',
    ]);
    expect(DEFAULT_PIPELINES.opportunities.stages).toMatchObject([
      { key: 'prospecting', probability: 10, kind: 'open' },
      { key: 'qualification', probability: 25, kind: 'open' },
      { key: 'proposal', probability: 50, kind: 'open' },
      { key: 'negotiation', probability: 75, kind: 'open' },
      { key: 'won', probability: 100, kind: 'won' },
      { key: 'lost', probability: 0, kind: 'lost' },
    ]);
  });
});
