import { describe, it } from '@jest/globals';
import { given } from '@sillage/kernel/testing';
import { team } from './team.js';
import { user } from './user.js';

const ann = { type: 'UserCreated', data: { name: 'Ann', subject: 'auth0|17' } };
const north = { type: 'TeamCreated', data: { name: 'North' } };

describe('a user', () => {
  it('is created as it is given', () => {
    given(user)
      .when({ do: 'create', fields: { name: 'Ann', subject: 'auth0|17' } })
      .thenTold(ann);
  });

  it('tells of a new team and a new manager as facts of their own', () => {
    given(user, ann)
      .when({ do: 'change', patch: { teamId: 'north', managerId: 'mia', email: 'ann@acme.example' } })
      .thenTold(
        { type: 'UserTeamAssigned', data: { teamId: 'north' } },
        { type: 'UserManagerAssigned', data: { managerId: 'mia' } },
        { type: 'UserDetailsRevised', data: { email: 'ann@acme.example' } },
      );
  });

  it('is nobody whose own manager they would be, however far up', () => {
    given(user, ann)
      .when({ do: 'change', patch: { managerId: 'below' } }, { cyclic: true })
      .thenRefused('not-possible', { path: 'managerId', code: 'refers-to-itself' });
  });
});

describe('a team', () => {
  it('is led by a user that exists', () => {
    given(team, north)
      .when({ do: 'change', patch: { managerId: 'x' } }, { missing: ['managerId'] })
      .thenRefused('not-possible', { path: 'managerId', code: 'unknown-reference' });
    given(team, north)
      .when({ do: 'change', patch: { managerId: 'mia' } })
      .thenTold({ type: 'TeamManagerAssigned', data: { managerId: 'mia' } });
  });
});
