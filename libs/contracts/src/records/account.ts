import { Keyword, MoneyAmount, Nested, Reference, WebAddress, WholeNumber } from '../fields/index.js';
import { AddressInput, CommonInput, MoneyInput, OWNER } from './common.js';

export class AccountInput extends CommonInput {
  @Keyword({ description: 'Name of the company', required: true, sortable: true, searched: true, example: 'Acme' })
  name!: string;

  @Keyword({ description: 'Industry', sortable: true, searched: true, example: 'retail' })
  industry?: string;

  @Keyword(OWNER)
  owner?: string;

  @Keyword({ description: 'Phone number, as you write it', limit: 50, searched: true })
  phone?: string;

  @WebAddress({ description: 'Web site', searched: true })
  website?: string;

  @Nested(AddressInput, { description: 'Postal address' })
  address?: AddressInput;

  @WholeNumber({ description: 'How many people work there', minimum: 0, maximum: 100_000_000, sortable: true })
  employees?: number;

  @MoneyAmount(MoneyInput, { description: 'Revenue of a year', sortable: true })
  annualRevenue?: MoneyInput;

  @Reference('accounts', { description: 'The account that this one is part of' })
  parentAccountId?: string;
}
