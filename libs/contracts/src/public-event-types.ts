import type { RecordTypeName } from './records/index.js';

/**
 * Every type of public event with what it tells of its record. The names are promised: whoever subscribes to one relies
 * on it. A version is added beside the old one, which stays for as long as events of it are in a store.
 */
export const PUBLIC_EVENT_TYPES = {
  prospects: {
    'sillage.prospect.created.v1': 'It came to be known.',
    'sillage.prospect.stage-moved.v1': 'It moved to another stage of its pipeline.',
    'sillage.prospect.converted.v1': 'It became a customer: it entered a stage that counts as won.',
    'sillage.prospect.disqualified.v1': 'It was given up: it entered a stage that counts as lost.',
    'sillage.prospect.reopened.v1': 'It came back from a final stage to an open one.',
    'sillage.prospect.owner-assigned.v1': 'Another sales representative has it, or none.',
    'sillage.prospect.contact-changed.v1': 'It is reached in another way.',
    'sillage.prospect.details-revised.v1': 'Other fields of it changed.',
    'sillage.prospect.deleted.v1': 'It was deleted; it can be restored.',
    'sillage.prospect.restored.v1': 'It is back after it had been deleted.',
    'sillage.prospect.forgotten.v1': 'Its personal fields are erased, for ever: erase them too.',
  },
  opportunities: {
    'sillage.opportunity.created.v1': 'It was opened.',
    'sillage.opportunity.stage-moved.v1': 'It moved to another stage of its pipeline.',
    'sillage.opportunity.won.v1': 'It was won.',
    'sillage.opportunity.lost.v1': 'It was lost.',
    'sillage.opportunity.reopened.v1': 'It came back from a final stage to an open one.',
    'sillage.opportunity.amount-revised.v1': 'Its amount changed.',
    'sillage.opportunity.probability-revised.v1': 'The chance of winning it changed, within its stage.',
    'sillage.opportunity.close-date-expected.v1': 'It is expected to be closed on another day.',
    'sillage.opportunity.owner-assigned.v1': 'Another sales representative has it, or none.',
    'sillage.opportunity.parties-changed.v1': 'It is with another account or client.',
    'sillage.opportunity.details-revised.v1': 'Other fields of it changed.',
    'sillage.opportunity.deleted.v1': 'It was deleted; it can be restored.',
    'sillage.opportunity.restored.v1': 'It is back after it had been deleted.',
  },
  accounts: {
    'sillage.account.created.v1': 'It was created.',
    'sillage.account.owner-assigned.v1': 'Another sales representative has it, or none.',
    'sillage.account.revenue-reported.v1': 'Its annual revenue changed.',
    'sillage.account.parent-assigned.v1': 'It belongs to another account, or to none.',
    'sillage.account.details-revised.v1': 'Other fields of it changed.',
    'sillage.account.deleted.v1': 'It was deleted; it can be restored.',
    'sillage.account.restored.v1': 'It is back after it had been deleted.',
  },
  clients: {
    'sillage.client.created.v1': 'They were created.',
    'sillage.client.moved.v1': 'They have another address.',
    'sillage.client.contact-changed.v1': 'They are reached in another way.',
    'sillage.client.account-assigned.v1': 'They belong to another account, or to none.',
    'sillage.client.owner-assigned.v1': 'Another sales representative has them, or none.',
    'sillage.client.details-revised.v1': 'Other fields of them changed.',
    'sillage.client.deleted.v1': 'They were deleted; they can be restored.',
    'sillage.client.restored.v1': 'They are back after they had been deleted.',
    'sillage.client.forgotten.v1': 'Their personal fields are erased, for ever: erase them too.',
  },
  interactions: {
    'sillage.interaction.logged.v1': 'It was written down.',
    'sillage.interaction.rescheduled.v1': 'It is at another time.',
    'sillage.interaction.relations-changed.v1': 'It concerns other records.',
    'sillage.interaction.owner-assigned.v1': 'Another sales representative has it, or none.',
    'sillage.interaction.details-revised.v1': 'Other fields of it changed.',
    'sillage.interaction.deleted.v1': 'It was deleted; it can be restored.',
    'sillage.interaction.restored.v1': 'It is back after it had been deleted.',
    'sillage.interaction.forgotten.v1': 'What it said of persons is erased, for ever: erase it too.',
  },
  pipelines: {
    'sillage.pipeline.created.v1': 'It was created.',
    'sillage.pipeline.stages-revised.v1': 'It has other stages.',
    'sillage.pipeline.details-revised.v1': 'Other fields of it changed.',
    'sillage.pipeline.deleted.v1': 'It was deleted; it can be restored.',
    'sillage.pipeline.restored.v1': 'It is back after it had been deleted.',
  },
} as const satisfies { readonly [T in RecordTypeName]: { readonly [type: string]: string } };
