import { describe, it } from '@jest/globals';
import type { Pipeline } from '@sillage/kernel';
import { given } from '@sillage/kernel/testing';
import { prospect } from './prospect.js';

const pipeline: Pipeline = {
  id: 'pipeline-1',
  appliesTo: 'prospects',
  stages: [
    { key: 'new', name: 'New', probability: 10, kind: 'open' },
    { key: 'contacted', name: 'Contacted', probability: 25, kind: 'open' },
    { key: 'converted', name: 'Converted', probability: 100, kind: 'won' },
    { key: 'unqualified', name: 'Unqualified', probability: 0, kind: 'lost' },
  ],
};
const created = {
  type: 'ProspectCreated',
  data: { name: 'Ann', pipelineId: 'pipeline-1', stage: 'new', stageKind: 'open' },
};

describe('a prospect', () => {
  it('begins in the first open stage of its pipeline', () => {
    given(prospect)
      .when({ do: 'create', fields: { name: 'Ann' } }, { pipeline })
      .thenTold(created);
  });

  it('begins in the stage that is given, with its kind', () => {
    const fields = { name: 'Ann', stage: 'converted' };
    given(prospect)
      .when({ do: 'create', fields }, { pipeline })
      .thenTold({ type: 'ProspectCreated', data: { ...created.data, stage: 'converted', stageKind: 'won' } });
  });

  it('moves to another open stage', () => {
    given(prospect, created)
      .when({ do: 'change', patch: { stage: 'contacted' } }, { pipeline })
      .thenTold({ type: 'ProspectStageMoved', data: { stage: 'contacted' } });
  });

  it('is converted, disqualified and reopened', () => {
    const converted = { type: 'ProspectConverted', data: { stage: 'converted', stageKind: 'won' } };
    const disqualified = { type: 'ProspectDisqualified', data: { stage: 'unqualified', stageKind: 'lost' } };
    const reopened = { type: 'ProspectReopened', data: { stage: 'new', stageKind: 'open' } };
    given(prospect, created)
      .when({ do: 'change', patch: { stage: 'converted' } }, { pipeline })
      .thenTold(converted);
    given(prospect, created, converted)
      .when({ do: 'change', patch: { stage: 'unqualified' } }, { pipeline })
      .thenTold(disqualified);
    given(prospect, created, disqualified)
      .when({ do: 'change', patch: { stage: 'new' } }, { pipeline })
      .thenTold(reopened);
  });

  it('tells each kind of change as its own fact', () => {
    given(prospect, created)
      .when(
        { do: 'change', patch: { stage: 'contacted', owner: 'Bo', email: 'ann@example.com', name: 'Anna' } },
        { pipeline },
      )
      .thenTold(
        { type: 'ProspectStageMoved', data: { stage: 'contacted' } },
        { type: 'ProspectOwnerAssigned', data: { owner: 'Bo' } },
        { type: 'ProspectContactChanged', data: { email: 'ann@example.com' } },
        { type: 'ProspectDetailsRevised', data: { name: 'Anna' } },
      );
  });

  it('is not in a stage that its pipeline lacks', () => {
    given(prospect)
      .when({ do: 'create', fields: { name: 'Ann', stage: 'won' } }, { pipeline })
      .thenRefused('not-possible', { path: 'stage', code: 'unknown-stage' });
    given(prospect, created)
      .when({ do: 'change', patch: { stage: 'won' } }, { pipeline })
      .thenRefused('not-possible', { path: 'stage', code: 'unknown-stage' });
  });

  it('is not in a pipeline that is missing, or is for opportunities', () => {
    const fields = { name: 'Ann', pipelineId: 'pipeline-2' };
    given(prospect)
      .when({ do: 'create', fields })
      .thenRefused('not-possible', { path: 'pipelineId', code: 'unknown-reference' });
    given(prospect)
      .when({ do: 'create', fields }, { pipeline: { ...pipeline, appliesTo: 'opportunities' } })
      .thenRefused('not-possible', { path: 'pipelineId', code: 'wrong-pipeline' });
  });

  it('stays in a stage that its pipeline has lost, with the kind it had', () => {
    const shrunk = { ...pipeline, stages: pipeline.stages.slice(1) };
    given(prospect, created)
      .when({ do: 'change', patch: { name: 'Anna' } }, { pipeline: shrunk })
      .thenTold({ type: 'ProspectDetailsRevised', data: { name: 'Anna' } });
  });
});
