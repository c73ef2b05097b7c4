import { describe, expect, it } from '@jest/globals';
import { AccountEvents } from '@sillage/accounts/domain';
import { ClientEvents } from '@sillage/clients/domain';
import { isRecordTypeName, PUBLIC_EVENT_TYPES, publicEventType } from '@sillage/contracts';
import { InteractionEvents } from '@sillage/interactions/domain';
import { currentVersion } from '@sillage/kernel';
import { OpportunityEvents } from '@sillage/opportunities/domain';
import { TeamEvents, UserEvents } from '@sillage/people/domain';
import { PipelineEvents } from '@sillage/pipelines/domain';
import { ProspectEvents } from '@sillage/prospects/domain';
import { RECORD_TYPES } from './index.js';

const EVENTS: { readonly [plural: string]: { readonly [fact: string]: string } } = {
  prospects: ProspectEvents,
  opportunities: OpportunityEvents,
  accounts: AccountEvents,
  clients: ClientEvents,
  interactions: InteractionEvents,
  pipelines: PipelineEvents,
  users: UserEvents,
  teams: TeamEvents,
};

describe.each(RECORD_TYPES)('the events of $plural', (type) => {
  it('are, in all their versions, those that are promised to other systems', () => {
    const told = Object.values(EVENTS[type.plural] ?? {}).flatMap((name) =>
      Array.from({ length: currentVersion(type.upcasters, name) }, (_, index) =>
        publicEventType(type, name, index + 1),
      ),
    );
    expect(isRecordTypeName(type.plural) && Object.keys(PUBLIC_EVENT_TYPES[type.plural])).toEqual(told);
  });
});
