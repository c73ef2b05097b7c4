import { accountOfClient, type Chances, dayOf, OWNERS, type TableName, timeOf } from './world.js';

/** A CSV file of the demonstration. */
export interface DemoTable {
  readonly columns: readonly string[];
  /** The row of a number from 1 on. Rows are asked for in order. */
  row(number: number, chances: Chances): readonly string[];
}

const INDUSTRIES = ['retail', 'software', 'medical', 'finance', 'énergie', 'transport', 'food & drink', 'éducation'];
const SOURCES = ['web', 'trade fair', 'referral', 'recommandation', 'cold call', 'partner', ''];
const LOST_REASONS = ['price', 'no budget', 'chose a competitor', 'projet abandonné'];

const accounts: DemoTable = {
  columns: [
    'account_id',
    'name',
    'industry',
    'owner',
    'phone',
    'website',
    'street',
    'city',
    'postal_code',
    'country',
    'employees',
    'annual_revenue',
    'currency',
    'parent_id',
    'created',
  ],
  row(number, chances) {
    const region = chances.region();
    const { company, phone, location } = region.faker;
    const isPart = chances.sizes.accounts > 1 && chances.happens(15);
    // The parent may stand before or behind.
    const parent = isPart
      ? 1 + ((number + chances.int(0, chances.sizes.accounts - 2)) % chances.sizes.accounts)
      : undefined;
    return [
      chances.externalId('accounts', number),
      company.name(),
      chances.one(INDUSTRIES),
      chances.one(OWNERS),
      phone.number(),
      chances.happens(60) ? `https://www.example.com/${number}` : '',
      location.streetAddress(),
      location.city(),
      location.zipCode(),
      region.country,
      chances.happens(90) ? String(chances.int(1, 20_000)) : '',
      chances.happens(80) ? chances.amount(region, 100_000, 900_000_000) : '',
      region.currency,
      parent === undefined ? '' : chances.externalId('accounts', parent),
      timeOf(chances.moment()),
    ];
  },
};

const clients: DemoTable = {
  columns: ['client_id', 'name', 'job_title', 'email', 'phone', 'city', 'country', 'account_id', 'owner', 'created'],
  row(number, chances) {
    const { faker, country } = chances.region();
    return [
      chances.externalId('clients', number),
      faker.person.fullName(),
      chances.happens(70) ? faker.person.jobTitle() : '',
      `client.${number}@example.com`,
      faker.phone.number(),
      faker.location.city(),
      country,
      chances.externalId('accounts', accountOfClient(chances.sizes, number)),
      chances.one(OWNERS),
      timeOf(chances.moment()),
    ];
  },
};

const prospects: DemoTable = {
  columns: ['prospect_id', 'name', 'company', 'email', 'phone', 'source', 'stage', 'owner', 'created'],
  row(number, chances) {
    const { faker } = chances.region();
    const stages = [
      ['new', 35],
      ['contacted', 25],
      ['qualified', 15],
      ['converted', 15],
      ['unqualified', 10],
    ] as const;
    return [
      chances.externalId('prospects', number),
      faker.person.fullName(),
      chances.happens(80) ? faker.company.name() : '',
      chances.happens(75) ? `prospect.${number}@example.org` : '',
      chances.happens(50) ? faker.phone.number() : '',
      chances.one(SOURCES),
      chances.weighted(stages),
      chances.happens(90) ? chances.one(OWNERS) : '',
      timeOf(chances.moment()),
    ];
  },
};

const opportunities: DemoTable = {
  columns: [
    'opportunity_id',
    'name',
    'amount',
    'currency',
    'stage',
    'account_id',
    'client_id',
    'owner',
    'source',
    'created',
    'expected_close',
    'closed',
    'lost_reason',
  ],
  row(number, chances) {
    const region = chances.region();
    const stage = chances.weighted([
      ['prospecting', 15],
      ['qualification', 15],
      ['proposal', 10],
      ['negotiation', 10],
      ['won', 30],
      ['lost', 20],
    ] as const);
    const client = chances.sizes.clients > 0 && chances.happens(85) ? chances.int(1, chances.sizes.clients) : undefined;
    const created = chances.moment();
    const closed = stage === 'won' || stage === 'lost' ? chances.later(created, 240) : undefined;
    return [
      chances.externalId('opportunities', number),
      `${chances.int(5, 500)} × ${region.faker.commerce.productName()}`,
      chances.happens(92) ? chances.amount(region, 500, 250_000) : '',
      region.currency,
      stage,
      client === undefined ? '' : chances.externalId('accounts', accountOfClient(chances.sizes, client)),
      client === undefined ? '' : chances.externalId('clients', client),
      chances.one(OWNERS),
      chances.one(SOURCES),
      timeOf(created),
      dayOf(closed ?? chances.later(created, 360)),
      closed === undefined ? '' : timeOf(closed),
      stage === 'lost' ? chances.one(LOST_REASONS) : '',
    ];
  },
};

const interactions: DemoTable = {
  columns: [
    'interaction_id',
    'kind',
    'date',
    'subject',
    'minutes',
    'direction',
    'account_id',
    'client_id',
    'prospect_id',
    'opportunity_id',
    'owner',
  ],
  row(number, chances) {
    const { subjects } = chances.region();
    const kind = chances.weighted([
      ['call', 35],
      ['email', 35],
      ['meeting', 20],
      ['note', 10],
    ] as const);
    const about = chances.weighted([
      ['clients', 40],
      ['prospects', 30],
      ['opportunities', 30],
    ] as const);
    const id = chances.anyOf(about);
    const isTalk = kind === 'call' || kind === 'meeting';
    return [
      chances.externalId('interactions', number),
      kind,
      timeOf(chances.moment()),
      chances.one(subjects),
      isTalk ? String(chances.int(5, 120)) : '',
      kind === 'note' ? '' : chances.one(['inbound', 'outbound']),
      id === '' ? chances.externalId('accounts', 1) : '',
      about === 'clients' ? id : '',
      about === 'prospects' ? id : '',
      about === 'opportunities' ? id : '',
      chances.one(OWNERS),
    ];
  },
};

export const DEMO_TABLES = { accounts, clients, prospects, opportunities, interactions } as const satisfies {
  readonly [name in TableName]: DemoTable;
};
