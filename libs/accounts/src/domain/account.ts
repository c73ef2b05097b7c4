import { type RecordType, tellByField } from '@sillage/kernel';
import { AccountEvents } from './events.js';

/** A company that one sells to; accounts form groups by their parents. */
export const account: RecordType = {
  name: 'account',
  plural: 'accounts',
  events: AccountEvents,
  references: { parentAccountId: 'accounts' },
  money: ['annualRevenue'],
  parent: 'parentAccountId',
  upcasters: {},

  settle: ({ wanted }) => wanted,

  tell: tellByField(
    [
      { type: AccountEvents.ownerAssigned, fields: ['owner'] },
      { type: AccountEvents.revenueReported, fields: ['annualRevenue'] },
      { type: AccountEvents.parentAssigned, fields: ['parentAccountId'] },
    ],
    AccountEvents.detailsRevised,
  ),
};
