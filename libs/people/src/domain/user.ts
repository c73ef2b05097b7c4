import { type RecordType, tellByField } from '@sillage/kernel';
import { UserEvents } from './events.js';

/** Somebody who works with Sillage: the `owner` of records that bear their name. Managers make them a tree. */
export const user: RecordType = {
  name: 'user',
  plural: 'users',
  events: UserEvents,
  references: { teamId: 'teams', managerId: 'users' },
  money: [],
  parent: 'managerId',
  upcasters: {},

  settle: ({ wanted }) => wanted,

  tell: tellByField(
    [
      { type: UserEvents.teamAssigned, fields: ['teamId'] },
      { type: UserEvents.managerAssigned, fields: ['managerId'] },
    ],
    UserEvents.detailsRevised,
  ),
};
