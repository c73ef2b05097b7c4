import { personalFields } from '@sillage/contracts';
import { placeInStage, type RecordType, tellByField, tellByStage } from '@sillage/kernel';
import { ProspectEvents } from './events.js';

/** A person or company that may become a client, on its way through the stages of a pipeline. */
export const prospect: RecordType = {
  name: 'prospect',
  plural: 'prospects',
  events: ProspectEvents,
  references: { pipelineId: 'pipelines' },
  money: [],
  movesThrough: 'prospects',
  personal: { fields: personalFields('prospects'), of: 'a-person', forgotten: ProspectEvents.forgotten },
  upcasters: {},

  settle: (change) => placeInStage(change, 'prospects').fields,

  tell: tellByStage(
    {
      moved: ProspectEvents.stageMoved,
      won: ProspectEvents.converted,
      lost: ProspectEvents.disqualified,
      reopened: ProspectEvents.reopened,
    },
    [],
    tellByField(
      [
        { type: ProspectEvents.ownerAssigned, fields: ['owner'] },
        { type: ProspectEvents.contactChanged, fields: ['email', 'phone'] },
      ],
      ProspectEvents.detailsRevised,
    ),
  ),
};
