import { Email, Keyword, Nested, Reference } from '../fields/index.js';
import { AddressInput, CommonInput, OWNER } from './common.js';

export class ClientInput extends CommonInput {
  @Keyword({
    description: 'Name of the person',
    required: true,
    sortable: true,
    searched: true,
    personal: true,
    example: 'Zoë Ångström',
  })
  name!: string;

  @Nested(AddressInput, { description: 'Postal address', personal: true })
  address?: AddressInput;

  @Keyword({
    description: 'Phone number, as you write it',
    limit: 50,
    searched: true,
    personal: true,
    example: '+33 1 23 45 67 89',
  })
  phone?: string;

  @Email({ description: 'E-mail address', searched: true, personal: true })
  email?: string;

  @Keyword({ description: 'Position at work', searched: true, personal: true })
  jobTitle?: string;

  @Reference('accounts', { description: 'Account that the client belongs to' })
  accountId?: string;

  @Keyword(OWNER)
  owner?: string;
}
