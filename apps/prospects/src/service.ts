import { ProspectsModule } from '@sillage/prospects';
import type { RecordService } from '@sillage/service';

/** Owns prospects. */
export const service: RecordService = {
  name: 'prospects',
  modules: [ProspectsModule],
  asks: ['opportunities', 'interactions'],
};
