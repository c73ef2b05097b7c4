import { AccountsModule } from '@sillage/accounts';
import { ClientsModule } from '@sillage/clients';
import type { RecordService } from '@sillage/service';

/** Owns accounts, and clients with them. */
export const service: RecordService = {
  name: 'accounts',
  modules: [AccountsModule, ClientsModule],
  asks: ['interactions'],
};
