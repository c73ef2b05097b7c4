import { describe, it } from '@jest/globals';
import { given } from '@sillage/kernel/testing';
import { account } from './account.js';

const created = { type: 'AccountCreated', data: { name: 'Acme' } };

describe('an account', () => {
  it('is created as it is given', () => {
    given(account)
      .when({ do: 'create', fields: { name: 'Acme' } })
      .thenTold(created);
  });

  it('tells each kind of change as its own fact', () => {
    const annualRevenue = { value: '1100.04', currency: 'USD' };
    given(account, created)
      .when({ do: 'change', patch: { owner: 'Bo', annualRevenue, parentAccountId: 'other', industry: 'retail' } })
      .thenTold(
        { type: 'AccountOwnerAssigned', data: { owner: 'Bo' } },
        { type: 'AccountRevenueReported', data: { annualRevenue } },
        { type: 'AccountParentAssigned', data: { parentAccountId: 'other' } },
        { type: 'AccountDetailsRevised', data: { industry: 'retail' } },
      );
  });

  it('is not part of itself, however far up', () => {
    given(account, created)
      .when({ do: 'change', patch: { parentAccountId: 'below' } }, { cyclic: true })
      .thenRefused('not-possible', { path: 'parentAccountId', code: 'refers-to-itself' });
  });

  it('is part of an account that exists', () => {
    given(account)
      .when({ do: 'create', fields: { name: 'Acme', parentAccountId: 'x' } }, { missing: ['parentAccountId'] })
      .thenRefused('not-possible', { path: 'parentAccountId', code: 'unknown-reference' });
  });
});
