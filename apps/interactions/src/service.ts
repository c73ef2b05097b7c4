import { InteractionsModule } from '@sillage/interactions';
import type { RecordService } from '@sillage/service';

/** Owns interactions. */
export const service: RecordService = {
  name: 'interactions',
  modules: [InteractionsModule],
  asks: ['prospects', 'opportunities', 'accounts'],
};
