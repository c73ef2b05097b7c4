import {
  type Change,
  type Fields,
  fault,
  notPossible,
  type Placement,
  placeInStage,
  type RecordType,
  tellByField,
  tellByStage,
} from '@sillage/kernel';
import { OpportunityEvents } from './events.js';

/** A deal that may be won: an amount, on its way through the stages of a pipeline. */
export const opportunity: RecordType = {
  name: 'opportunity',
  plural: 'opportunities',
  events: OpportunityEvents,
  references: { pipelineId: 'pipelines', accountId: 'accounts', clientId: 'clients' },
  money: ['amount'],
  movesThrough: 'opportunities',
  upcasters: {},

  settle(change) {
    const placement = placeInStage(change, 'opportunities');
    return closed(change, placement, withProbability(change, placement));
  },

  tell: tellByStage(
    {
      moved: OpportunityEvents.stageMoved,
      won: OpportunityEvents.won,
      lost: OpportunityEvents.lost,
      reopened: OpportunityEvents.reopened,
    },
    ['probability', 'closedAt', 'lostReason'],
    tellByField(
      [
        { type: OpportunityEvents.amountRevised, fields: ['amount'] },
        { type: OpportunityEvents.probabilityRevised, fields: ['probability'] },
        { type: OpportunityEvents.closeDateExpected, fields: ['expectedCloseDate'] },
        { type: OpportunityEvents.ownerAssigned, fields: ['owner'] },
        { type: OpportunityEvents.partiesChanged, fields: ['accountId', 'clientId'] },
      ],
      OpportunityEvents.detailsRevised,
    ),
  ),
};

/** The chance of winning is the stage's, anew with each stage, unless it is given with the change. */
function withProbability({ wanted, given }: Change, { fields, probability, entered }: Placement): Fields {
  const isGiven = given.probability !== undefined && given.probability !== null;
  const isStale = wanted.probability === undefined || entered;
  return isGiven || !isStale || probability === undefined ? fields : { ...fields, probability };
}

/** An opportunity in a won or lost stage has a `closedAt`; an open one has none. */
function closed({ before, wanted, given, at }: Change, { kind, entered }: Placement, fields: Fields): Fields {
  const { closedAt: _, ...open } = fields;
  const isGiven = given.closedAt !== undefined && given.closedAt !== null;
  if (kind === 'open') {
    if (isGiven) throw notPossible(fault('closedAt', 'stage-is-open'));
    return open;
  }
  const outcomeIsNew = before?.stageKind !== kind;
  const closedAt = outcomeIsNew && !isGiven ? undefined : wanted.closedAt;
  if (closedAt === undefined && !entered) throw notPossible(fault('closedAt', 'stage-is-closed'));
  return { ...open, closedAt: closedAt ?? at };
}
