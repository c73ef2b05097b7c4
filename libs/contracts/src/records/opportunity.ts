import { CalendarDate, Instant, Keyword, LongText, MoneyAmount, Percentage, Reference } from '../fields/index.js';
import { CommonInput, MoneyInput, OWNER } from './common.js';

export class OpportunityInput extends CommonInput {
  @Keyword({ description: 'Name', required: true, sortable: true, searched: true, example: '200 licences for Acme' })
  name!: string;

  @MoneyAmount(MoneyInput, { description: 'What it is worth', sortable: true })
  amount?: MoneyInput;

  @Keyword({
    description: "Key of a stage of its pipeline; the pipeline's first open stage unless given",
    sortable: true,
  })
  stage?: string;

  @Reference('pipelines', { description: 'Pipeline; the default one for opportunities unless given' })
  pipelineId?: string;

  @Percentage({ description: "Chance of winning in per cent; the stage's unless set", sortable: true })
  probability?: number;

  @CalendarDate({ description: 'When it is expected to close', sortable: true })
  expectedCloseDate?: string;

  @Instant({ description: 'When it was won or lost; now, unless given, on entering such a stage', sortable: true })
  closedAt?: string;

  @Reference('accounts', { description: 'Account' })
  accountId?: string;

  @Reference('clients', { description: 'Client' })
  clientId?: string;

  @Keyword(OWNER)
  owner?: string;

  @Keyword({ description: 'Where it came from', sortable: true })
  source?: string;

  @LongText({ description: 'Why it was lost', limit: 2_000, searched: true })
  lostReason?: string;
}
