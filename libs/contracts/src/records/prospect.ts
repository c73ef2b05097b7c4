import { Email, Keyword, LongText, Reference } from '../fields/index.js';
import { CommonInput, OWNER } from './common.js';

export class ProspectInput extends CommonInput {
  @Keyword({
    description: 'Name of the person',
    required: true,
    sortable: true,
    searched: true,
    personal: true,
    example: 'Élise Martin',
  })
  name!: string;

  @Keyword({ description: 'Company', sortable: true, searched: true, personal: true, example: 'Sillons & Fils' })
  company?: string;

  @Email({ description: 'E-mail address', searched: true, personal: true, example: 'elise.martin@example.com' })
  email?: string;

  @Keyword({ description: 'Phone number, as you write it', limit: 50, searched: true, personal: true })
  phone?: string;

  @Keyword({ description: 'Where the prospect came from', sortable: true, example: 'trade fair' })
  source?: string;

  @Keyword({
    description: "Key of a stage of its pipeline; the pipeline's first open stage unless given",
    sortable: true,
  })
  stage?: string;

  @Reference('pipelines', { description: 'Pipeline; the default one for prospects unless given' })
  pipelineId?: string;

  @Keyword(OWNER)
  owner?: string;

  @LongText({ description: 'Notes', searched: true, personal: true })
  notes?: string;
}
