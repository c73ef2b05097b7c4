import { personalFields } from '@sillage/contracts';
import { type RecordType, tellByField } from '@sillage/kernel';
import { ClientEvents } from './events.js';

/** A person that one sells to. */
export const client: RecordType = {
  name: 'client',
  plural: 'clients',
  events: ClientEvents,
  references: { accountId: 'accounts' },
  money: [],
  personal: { fields: personalFields('clients'), of: 'a-person', forgotten: ClientEvents.forgotten },
  upcasters: {},

  settle: ({ wanted }) => wanted,

  tell: tellByField(
    [
      { type: ClientEvents.moved, fields: ['address'] },
      { type: ClientEvents.contactChanged, fields: ['email', 'phone'] },
      { type: ClientEvents.accountAssigned, fields: ['accountId'] },
      { type: ClientEvents.ownerAssigned, fields: ['owner'] },
    ],
    ClientEvents.detailsRevised,
  ),
};
