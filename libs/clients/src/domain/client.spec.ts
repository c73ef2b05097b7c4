import { describe, it } from '@jest/globals';
import { given } from '@sillage/kernel/testing';
import { client } from './client.js';

const created = { type: 'ClientCreated', data: { name: 'Zoë', address: { city: 'Lyon', country: 'France' } } };

describe('a client', () => {
  it('moves: what the patch leaves out of the address stays', () => {
    given(client, created)
      .when({ do: 'change', patch: { address: { city: 'Paris' } } })
      .thenTold({ type: 'ClientMoved', data: { address: { city: 'Paris', country: 'France' } } });
  });

  it('tells each kind of change as its own fact', () => {
    given(client, created)
      .when({ do: 'change', patch: { phone: '+33 1 23', accountId: 'a', owner: 'Bo', jobTitle: 'CEO' } })
      .thenTold(
        { type: 'ClientContactChanged', data: { phone: '+33 1 23' } },
        { type: 'ClientAccountAssigned', data: { accountId: 'a' } },
        { type: 'ClientOwnerAssigned', data: { owner: 'Bo' } },
        { type: 'ClientDetailsRevised', data: { jobTitle: 'CEO' } },
      );
  });

  it('belongs to an account that exists', () => {
    given(client)
      .when({ do: 'create', fields: { name: 'Zoë', accountId: 'x' } }, { missing: ['accountId'] })
      .thenRefused('not-possible', { path: 'accountId', code: 'unknown-reference' });
  });
});
