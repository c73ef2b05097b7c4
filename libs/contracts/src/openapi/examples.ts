import type { JsonObject, JsonValue } from '@sillage/kernel';
import type { FieldSpec } from '../fields/index.js';
import type { RecordTypeName } from '../records/index.js';

interface RecordExample {
  readonly id: string;
  /** Enough to create one on a fresh installation. */
  readonly minimal: JsonObject;
  readonly complete: JsonObject;
  readonly patch: JsonObject;
  /** What Sillage adds by the rules of the type. */
  readonly settled?: JsonObject;
}

const IDS = {
  prospects: '0199a1f0-5c3e-7d21-9b4a-1f2e3d4c5b6a',
  opportunities: '0199a1f2-8d17-7a43-8c5e-2a3b4c5d6e7f',
  accounts: '0199a1f1-0b92-7c64-a1d8-3b4c5d6e7f80',
  clients: '0199a1f1-6e05-7f8b-b2c9-4c5d6e7f8091',
  interactions: '0199a1f3-1a2b-7e3c-8d4f-5d6e7f8091a2',
  pipelines: '0199a1ef-9f80-7b16-9e2a-6e7f8091a2b3',
  users: '0199a1ee-4c11-7d52-8f3b-7f8091a2b3c4',
  teams: '0199a1ee-1d20-7a61-9c4d-8091a2b3c4d5',
} as const satisfies { [T in RecordTypeName]: string };

const OWNER = 'camille.durand';
const ADDRESS = { street: '12 quai des Chartrons', city: 'Bordeaux', postalCode: '33000', country: 'France' };

/** One small story, told by all examples of the document: Élise of Sillons & Fils becomes a client of Camille's. */
export const EXAMPLES: { readonly [T in RecordTypeName]: RecordExample } = {
  prospects: {
    id: IDS.prospects,
    minimal: { name: 'Élise Martin' },
    complete: {
      name: 'Élise Martin',
      company: 'Sillons & Fils',
      email: 'elise.martin@example.com',
      phone: '+33 5 56 00 00 01',
      source: 'trade fair',
      stage: 'contacted',
      pipelineId: IDS.pipelines,
      owner: OWNER,
      notes: 'Wants a demonstration in spring.',
      externalId: 'fair-2026-0417',
      tags: ['agriculture'],
      custom: { region: 'west' },
    },
    patch: { stage: 'qualified', notes: null },
    settled: { stageKind: 'open' },
  },
  opportunities: {
    id: IDS.opportunities,
    minimal: { name: '200 licences for Sillons & Fils' },
    complete: {
      name: '200 licences for Sillons & Fils',
      amount: { value: '1500.00', currency: 'EUR' },
      stage: 'proposal',
      pipelineId: IDS.pipelines,
      probability: 50,
      expectedCloseDate: '2026-06-30',
      accountId: IDS.accounts,
      clientId: IDS.clients,
      owner: OWNER,
      source: 'trade fair',
      externalId: 'quote-1042',
      tags: ['licences'],
      custom: { region: 'west' },
    },
    patch: { amount: { value: '1800.00' }, stage: 'negotiation' },
    settled: { stageKind: 'open' },
  },
  accounts: {
    id: IDS.accounts,
    minimal: { name: 'Sillons & Fils' },
    complete: {
      name: 'Sillons & Fils',
      industry: 'agriculture',
      owner: OWNER,
      phone: '+33 5 56 00 00 00',
      website: 'https://sillons.example',
      address: ADDRESS,
      employees: 120,
      annualRevenue: { value: '4200000.00', currency: 'EUR' },
      externalId: 'erp-3391',
      tags: ['key account'],
      custom: { region: 'west' },
    },
    patch: { employees: 135, address: { city: 'Mérignac', postalCode: '33700' } },
  },
  clients: {
    id: IDS.clients,
    minimal: { name: 'Élise Martin' },
    complete: {
      name: 'Élise Martin',
      address: ADDRESS,
      phone: '+33 5 56 00 00 01',
      email: 'elise.martin@example.com',
      jobTitle: 'Head of purchasing',
      accountId: IDS.accounts,
      owner: OWNER,
      externalId: 'erp-3391-1',
      tags: ['decides'],
      custom: { region: 'west' },
    },
    patch: { jobTitle: 'Managing director', phone: null },
  },
  interactions: {
    id: IDS.interactions,
    minimal: { kind: 'call', date: '2026-03-02T09:30:00Z', subject: 'First call', clientId: IDS.clients },
    complete: {
      kind: 'call',
      date: '2026-03-02T09:30:00.000Z',
      subject: 'First call',
      notes: 'Asked for a quote of 200 licences.',
      durationMinutes: 25,
      direction: 'outbound',
      clientId: IDS.clients,
      prospectId: IDS.prospects,
      accountId: IDS.accounts,
      opportunityId: IDS.opportunities,
      owner: OWNER,
      externalId: 'phone-88213',
      tags: ['quote'],
      custom: { region: 'west' },
    },
    patch: { durationMinutes: 30 },
  },
  pipelines: {
    id: IDS.pipelines,
    minimal: {
      name: 'Direct sales',
      appliesTo: 'opportunities',
      stages: [
        { key: 'proposal', name: 'Proposal', probability: 50, kind: 'open' },
        { key: 'won', name: 'Won', probability: 100, kind: 'won' },
        { key: 'lost', name: 'Lost', probability: 0, kind: 'lost' },
      ],
    },
    complete: {
      name: 'Direct sales',
      appliesTo: 'opportunities',
      stages: [
        { key: 'proposal', name: 'Proposal', probability: 50, kind: 'open' },
        { key: 'negotiation', name: 'Negotiation', probability: 75, kind: 'open' },
        { key: 'won', name: 'Won', probability: 100, kind: 'won' },
        { key: 'lost', name: 'Lost', probability: 0, kind: 'lost' },
      ],
      externalId: 'direct',
      tags: ['default'],
      custom: { region: 'west' },
    },
    patch: { name: 'Direct and partner sales' },
  },
  users: {
    id: IDS.users,
    minimal: { name: OWNER },
    complete: {
      name: OWNER,
      email: 'camille.durand@example.com',
      subject: 'auth0|5f7c8ec7c33c6c004bbafe82',
      teamId: IDS.teams,
      managerId: '0199a1ee-3b07-7e49-a5d6-91a2b3c4d5e6',
      externalId: 'hr-204',
      tags: ['field sales'],
      custom: { region: 'west' },
    },
    patch: { email: 'camille@example.com', managerId: null },
  },
  teams: {
    id: IDS.teams,
    minimal: { name: 'South-West' },
    complete: {
      name: 'South-West',
      managerId: '0199a1ee-3b07-7e49-a5d6-91a2b3c4d5e6',
      externalId: 'hr-team-7',
      tags: ['field sales'],
      custom: { region: 'west' },
    },
    patch: { name: 'Nouvelle-Aquitaine' },
  },
};

export const EXAMPLE_INSTANT = '2026-03-02T09:30:00.000Z';
export const EXAMPLE_POSITION = 1042;

/** The complete example as the API shows it after its creation. */
export function exampleRecord(type: RecordTypeName): JsonObject {
  const { id, complete, settled } = EXAMPLES[type];
  const by = { createdAt: EXAMPLE_INSTANT, createdBy: OWNER, updatedAt: EXAMPLE_INSTANT, updatedBy: OWNER };
  return { id, ...complete, ...settled, revision: 0, ...by };
}

/** A value that the field has in the example record, else one of its kind. */
export function exampleValue(record: JsonObject, path: string, { kind, example }: FieldSpec): JsonValue {
  const value = path.split('.').reduce<unknown>((inner, name) => (inner as JsonObject | undefined)?.[name], record);
  if (value !== undefined) return value as JsonValue;
  return example ?? (kind === 'instant' ? EXAMPLE_INSTANT : 'west');
}
