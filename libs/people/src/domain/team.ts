import { type RecordType, tellByField } from '@sillage/kernel';
import { TeamEvents } from './events.js';

/** Users who sell together, and who leads them. */
export const team: RecordType = {
  name: 'team',
  plural: 'teams',
  events: TeamEvents,
  references: { managerId: 'users' },
  money: [],
  upcasters: {},

  settle: ({ wanted }) => wanted,

  tell: tellByField([{ type: TeamEvents.managerAssigned, fields: ['managerId'] }], TeamEvents.detailsRevised),
};
