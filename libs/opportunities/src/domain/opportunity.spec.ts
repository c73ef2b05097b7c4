import { describe, it } from '@jest/globals';
import type { Pipeline } from '@sillage/kernel';
import { given, NOW } from '@sillage/kernel/testing';
import { opportunity } from './opportunity.js';

const pipeline: Pipeline = {
  id: 'pipeline-1',
  appliesTo: 'opportunities',
  stages: [
    { key: 'prospecting', name: 'Prospecting', probability: 10, kind: 'open' },
    { key: 'proposal', name: 'Proposal', probability: 50, kind: 'open' },
    { key: 'won', name: 'Won', probability: 100, kind: 'won' },
    { key: 'lost', name: 'Lost', probability: 0, kind: 'lost' },
  ],
};
const amount = { value: '1500.00', currency: 'EUR' };
const created = {
  type: 'OpportunityCreated',
  data: { name: 'Deal', amount, pipelineId: 'pipeline-1', stage: 'prospecting', stageKind: 'open', probability: 10 },
};
const won = {
  type: 'OpportunityWon',
  data: { stage: 'won', stageKind: 'won', probability: 100, closedAt: '2026-02-01T00:00:00.000Z' },
};

describe('an opportunity', () => {
  it('begins in the first open stage, with the probability of the stage', () => {
    given(opportunity)
      .when({ do: 'create', fields: { name: 'Deal', amount } }, { pipeline })
      .thenTold(created);
  });

  it('keeps a probability that was given, until it enters another stage', () => {
    const fields = { name: 'Deal', amount, probability: 35 };
    const likely = { type: 'OpportunityCreated', data: { ...created.data, probability: 35 } };
    given(opportunity).when({ do: 'create', fields }, { pipeline }).thenTold(likely);
    given(opportunity, likely)
      .when({ do: 'change', patch: { name: 'Big deal' } }, { pipeline })
      .thenTold({ type: 'OpportunityDetailsRevised', data: { name: 'Big deal' } });
    given(opportunity, likely)
      .when({ do: 'change', patch: { stage: 'proposal' } }, { pipeline })
      .thenTold({ type: 'OpportunityStageMoved', data: { stage: 'proposal', probability: 50 } });
    given(opportunity, likely)
      .when({ do: 'change', patch: { stage: 'proposal', probability: 60 } }, { pipeline })
      .thenTold({ type: 'OpportunityStageMoved', data: { stage: 'proposal', probability: 60 } });
  });

  it('takes the probability of its stage again when its own is removed', () => {
    const likely = { type: 'OpportunityCreated', data: { ...created.data, probability: 35 } };
    given(opportunity, likely)
      .when({ do: 'change', patch: { probability: null } }, { pipeline })
      .thenTold({ type: 'OpportunityProbabilityRevised', data: { probability: 10 } });
  });

  it('is closed now when it is won, unless another instant is given', () => {
    const patch = { stage: 'won' };
    const data = { stage: 'won', stageKind: 'won', probability: 100, closedAt: NOW };
    given(opportunity, created).when({ do: 'change', patch }, { pipeline }).thenTold({ type: 'OpportunityWon', data });
    const closedAt = '2026-02-01T00:00:00.000Z';
    given(opportunity, created)
      .when({ do: 'change', patch: { stage: 'won', closedAt } }, { pipeline })
      .thenTold({ type: 'OpportunityWon', data: { ...data, closedAt } });
  });

  it('is closed when it is created in a won or lost stage', () => {
    given(opportunity)
      .when({ do: 'create', fields: { name: 'Deal', stage: 'lost' } }, { pipeline })
      .thenTold({
        type: 'OpportunityCreated',
        data: {
          name: 'Deal',
          pipelineId: 'pipeline-1',
          stage: 'lost',
          stageKind: 'lost',
          probability: 0,
          closedAt: NOW,
        },
      });
  });

  it('is closed anew when the outcome turns', () => {
    given(opportunity, created, won)
      .when({ do: 'change', patch: { stage: 'lost', lostReason: 'withdrawn' } }, { pipeline })
      .thenTold({
        type: 'OpportunityLost',
        data: { stage: 'lost', stageKind: 'lost', probability: 0, closedAt: NOW, lostReason: 'withdrawn' },
      });
  });

  it('is open again, and not closed, when it moves back', () => {
    given(opportunity, created, won)
      .when({ do: 'change', patch: { stage: 'proposal' } }, { pipeline })
      .thenTold({
        type: 'OpportunityReopened',
        data: { stage: 'proposal', stageKind: 'open', probability: 50, closedAt: null },
      });
  });

  it('corrects the instant of closing while it is closed', () => {
    const closedAt = '2026-02-02T00:00:00.000Z';
    given(opportunity, created, won)
      .when({ do: 'change', patch: { closedAt } }, { pipeline })
      .thenTold({ type: 'OpportunityDetailsRevised', data: { closedAt } });
  });

  it('has an instant of closing exactly while it is closed', () => {
    given(opportunity, created)
      .when({ do: 'change', patch: { closedAt: NOW } }, { pipeline })
      .thenRefused('not-possible', { path: 'closedAt', code: 'stage-is-open' });
    given(opportunity, created, won)
      .when({ do: 'change', patch: { closedAt: null } }, { pipeline })
      .thenRefused('not-possible', { path: 'closedAt', code: 'stage-is-closed' });
  });

  it('tells a change of the amount, not of its form', () => {
    given(opportunity, created)
      .when({ do: 'change', patch: { amount: { value: '1500' } } }, { pipeline })
      .thenTold();
    given(opportunity, created)
      .when({ do: 'change', patch: { amount: { value: '1600' } } }, { pipeline })
      .thenTold({ type: 'OpportunityAmountRevised', data: { amount: { value: '1600', currency: 'EUR' } } });
    given(opportunity, created)
      .when({ do: 'change', patch: { amount: null } }, { pipeline })
      .thenTold({ type: 'OpportunityAmountRevised', data: { amount: null } });
  });

  it('has an amount that its currency can express', () => {
    given(opportunity, created)
      .when({ do: 'change', patch: { amount: { currency: 'JPY' } } }, { pipeline })
      .thenRefused('validation-failed', { path: 'amount.value', code: 'too-many-decimals' });
    given(opportunity)
      .when({ do: 'create', fields: { name: 'Deal', amount: { value: '1.234', currency: 'EUR' } } }, { pipeline })
      .thenRefused('validation-failed', { path: 'amount.value', code: 'too-many-decimals' });
    given(opportunity)
      .when(
        { do: 'create', fields: { name: 'Deal', amount: { value: '9'.repeat(14), currency: 'EUR' } } },
        { pipeline },
      )
      .thenRefused('validation-failed', { path: 'amount.value', code: 'too-large' });
    const { amount: _, ...data } = created.data;
    given(opportunity, { ...created, data })
      .when({ do: 'change', patch: { amount: { value: '5' } } }, { pipeline })
      .thenRefused('validation-failed', { path: 'amount.currency', code: 'required' });
  });

  it('refers to accounts and clients that exist', () => {
    given(opportunity)
      .when(
        { do: 'create', fields: { name: 'Deal', accountId: 'a', clientId: 'c' } },
        { pipeline, missing: ['accountId', 'clientId'] },
      )
      .thenRefused(
        'not-possible',
        { path: 'accountId', code: 'unknown-reference' },
        { path: 'clientId', code: 'unknown-reference' },
      );
  });
});
