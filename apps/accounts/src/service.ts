import { AccountsModule } from '@sillage/accounts';
import { ClientsModule } from '@sillage/clients';
import { PeopleModule } from '@sillage/people';
import type { RecordService } from '@sillage/service';

/** Owns accounts and clients, and the people who work with them. */
export const service: RecordService = {
  name: 'accounts',
  modules: [AccountsModule, ClientsModule, PeopleModule],
  asks: ['interactions'],
};
