import { OpportunitiesModule } from '@sillage/opportunities';
import { PipelinesModule } from '@sillage/pipelines';
import type { RecordService } from '@sillage/service';

/** Owns opportunities, and pipelines with them. */
export const service: RecordService = {
  name: 'opportunities',
  modules: [OpportunitiesModule, PipelinesModule],
  asks: ['accounts'],
};
