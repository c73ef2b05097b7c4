import { Choice, Instant, Keyword, LongText, Reference, WholeNumber } from '../fields/index.js';
import { CommonInput, OWNER } from './common.js';

export const INTERACTION_KINDS = ['call', 'email', 'meeting', 'note'] as const;

export class InteractionInput extends CommonInput {
  @Choice(INTERACTION_KINDS, { description: 'Kind', required: true, sortable: true })
  kind!: (typeof INTERACTION_KINDS)[number];

  @Instant({ description: 'When it takes or took place', required: true, sortable: true })
  date!: string;

  @Keyword({ description: 'Subject', required: true, limit: 500, sortable: true, searched: true, personal: true })
  subject!: string;

  @LongText({ description: 'Notes', searched: true, personal: true })
  notes?: string;

  @WholeNumber({ description: 'How long it took, in minutes', minimum: 0, maximum: 525_600, sortable: true })
  durationMinutes?: number;

  @Choice(['inbound', 'outbound'], { description: 'Who began it' })
  direction?: 'inbound' | 'outbound';

  @Reference('clients', { description: 'Client' })
  clientId?: string;

  @Reference('prospects', { description: 'Prospect' })
  prospectId?: string;

  @Reference('accounts', { description: 'Account' })
  accountId?: string;

  @Reference('opportunities', { description: 'Opportunity' })
  opportunityId?: string;

  @Keyword(OWNER)
  owner?: string;
}
