import { Choice, Keyword, ListOf, Percentage } from '../fields/index.js';
import { CommonInput } from './common.js';

export const STAGE_KINDS = ['open', 'won', 'lost'] as const;

export class StageInput {
  @Keyword({ description: 'What records name the stage by', required: true, limit: 100, example: 'proposal' })
  key!: string;

  @Keyword({ description: 'What people call it', required: true, example: 'Proposal' })
  name!: string;

  @Percentage({ description: 'Chance of winning in per cent', required: true })
  probability!: number;

  @Choice(STAGE_KINDS, { description: 'Whether a record in it is open, won or lost', required: true })
  kind!: (typeof STAGE_KINDS)[number];
}

export class PipelineInput extends CommonInput {
  @Keyword({ description: 'Name', required: true, sortable: true, searched: true, example: 'Direct sales' })
  name!: string;

  @Choice(['prospects', 'opportunities'], { description: 'Which records move through it', required: true })
  appliesTo!: 'prospects' | 'opportunities';

  @ListOf(StageInput, { description: 'Stages, in order', required: true, limit: 50 })
  stages!: StageInput[];
}
