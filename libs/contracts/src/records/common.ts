import { Currency, Decimal, Instant, Keyword, Keywords, OpenObject, WholeNumber } from '../fields/index.js';

/** What can be given for every record, whatever its type. */
export class CommonInput {
  @Keyword({ description: 'Id of the record in another system; unique per type', sortable: true, personal: true })
  externalId?: string;

  @Keywords({ description: 'Free labels', searched: true, personal: true })
  tags?: string[];

  @OpenObject({ description: 'Values under keys of your own: string, number, boolean or null', personal: true })
  custom?: Record<string, string | number | boolean | null>;

  @Instant({
    description: 'When the record began, if that was before now, in another system',
    sortable: true,
    creationOnly: true,
  })
  createdAt?: string;
}

/** What every record has beside its own fields. */
export class CommonOutput {
  @Keyword({ description: 'Identifier (UUID)', readOnly: true, required: true })
  id!: string;

  @WholeNumber({
    description: 'Number of the last change, from 0; the ETag holds it',
    minimum: 0,
    maximum: Number.MAX_SAFE_INTEGER,
    readOnly: true,
    required: true,
  })
  revision!: number;

  @Instant({ description: 'When the record began', sortable: true, readOnly: true, required: true })
  createdAt!: string;

  @Keyword({ description: 'Who created it', readOnly: true, required: true })
  createdBy!: string;

  @Instant({ description: 'When it was last changed', sortable: true, readOnly: true, required: true })
  updatedAt!: string;

  @Keyword({ description: 'Who changed it last', readOnly: true, required: true })
  updatedBy!: string;

  @Instant({ description: 'When it was deleted; absent while it is not', readOnly: true })
  deletedAt?: string;
}

export class MoneyInput {
  @Decimal({ description: 'In units of the currency, as a decimal string', required: true, example: '1500.00' })
  value!: string;

  @Currency({ description: 'ISO 4217 code', required: true, example: 'EUR' })
  currency!: string;
}

export class AddressInput {
  @Keyword({ description: 'Street and number' })
  street?: string;

  @Keyword({ description: 'City', searched: true })
  city?: string;

  @Keyword({ description: 'State, province or region' })
  region?: string;

  @Keyword({ description: 'Postal code', limit: 20 })
  postalCode?: string;

  @Keyword({ description: 'Country, as you name it' })
  country?: string;
}

/** The sales representative, the same words everywhere. */
export const OWNER = { description: 'Sales representative (responsable commercial)', sortable: true, searched: true };
