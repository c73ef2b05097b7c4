import { personalFields } from '@sillage/contracts';
import { fault, notPossible, type RecordType, tellByField } from '@sillage/kernel';
import { InteractionEvents } from './events.js';

const RELATIONS = {
  clientId: 'clients',
  prospectId: 'prospects',
  accountId: 'accounts',
  opportunityId: 'opportunities',
} as const;

/** A call, an e-mail, a meeting or a note, about at least one other record. */
export const interaction: RecordType = {
  name: 'interaction',
  plural: 'interactions',
  events: {
    created: InteractionEvents.logged,
    deleted: InteractionEvents.deleted,
    restored: InteractionEvents.restored,
  },
  references: RELATIONS,
  money: [],
  personal: {
    fields: personalFields('interactions'),
    of: { those: ['clientId', 'prospectId'] },
    forgotten: InteractionEvents.forgotten,
  },
  upcasters: {},

  settle({ wanted }) {
    const relations = Object.keys(RELATIONS);
    if (relations.every((relation) => wanted[relation] === undefined)) {
      throw notPossible(fault('', 'relation-required', { relations: relations.join(', ') }));
    }
    return wanted;
  },

  tell: tellByField(
    [
      { type: InteractionEvents.rescheduled, fields: ['date', 'durationMinutes'] },
      { type: InteractionEvents.relationsChanged, fields: Object.keys(RELATIONS) },
      { type: InteractionEvents.ownerAssigned, fields: ['owner'] },
    ],
    InteractionEvents.detailsRevised,
  ),
};
