import { describe, it } from '@jest/globals';
import { given } from '@sillage/kernel/testing';
import { interaction } from './interaction.js';

const data = { kind: 'call', date: '2026-02-01T10:00:00.000Z', subject: 'First call', clientId: 'client-1' };
const logged = { type: 'InteractionLogged', data };

describe('an interaction', () => {
  it('is logged about another record', () => {
    given(interaction).when({ do: 'create', fields: data }).thenTold(logged);
  });

  it('is about at least one record, from the start and for ever', () => {
    const { clientId: _, ...unrelated } = data;
    given(interaction)
      .when({ do: 'create', fields: unrelated })
      .thenRefused('not-possible', { path: '', code: 'relation-required' });
    given(interaction, logged)
      .when({ do: 'change', patch: { clientId: null } })
      .thenRefused('not-possible', { path: '', code: 'relation-required' });
    given(interaction, logged)
      .when({ do: 'change', patch: { clientId: null, accountId: 'account-1' } })
      .thenTold({ type: 'InteractionRelationsChanged', data: { clientId: null, accountId: 'account-1' } });
  });

  it('tells each kind of change as its own fact', () => {
    given(interaction, logged)
      .when({ do: 'change', patch: { date: '2026-02-02T10:00:00.000Z', owner: 'Bo', notes: 'Call back' } })
      .thenTold(
        { type: 'InteractionRescheduled', data: { date: '2026-02-02T10:00:00.000Z' } },
        { type: 'InteractionOwnerAssigned', data: { owner: 'Bo' } },
        { type: 'InteractionDetailsRevised', data: { notes: 'Call back' } },
      );
  });
});
