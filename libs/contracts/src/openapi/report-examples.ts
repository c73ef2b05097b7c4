import type { JsonObject } from '@sillage/kernel';
import type { ReportName } from '../reports.js';
import { EXAMPLE_INSTANT, EXAMPLE_POSITION, EXAMPLES } from './examples.js';

interface ReportExample {
  readonly groupBy: readonly string[];
  readonly row: JsonObject;
  readonly totals: JsonObject;
  /** A line of `detail=true` as JSON. */
  readonly line: JsonObject;
}

const { accounts, clients } = EXAMPLES;

const account = { id: accounts.id, name: 'Sillons & Fils' };
const client = { id: clients.id, name: 'Élise Martin' };
const eur = (value: string) => [{ value, currency: 'EUR' }];
const owner = 'camille.durand';

/** The report examples tell of the same records as the others. */
const REPORT_EXAMPLES: { readonly [R in ReportName]: ReportExample } = {
  prospects: {
    groupBy: ['source', 'stage'],
    row: { source: 'trade fair', stage: 'contacted', count: 1, converted: 0, conversionRate: 0 },
    totals: { count: 1, converted: 0, conversionRate: 0 },
    line: { name: 'Élise Martin', company: 'Sillons & Fils', source: 'trade fair', stage: 'contacted', owner },
  },
  opportunities: {
    groupBy: ['account', 'stage'],
    row: { account, stage: 'proposal', ...opportunityMeasures() },
    totals: opportunityMeasures(),
    line: {
      name: '200 licences for Sillons & Fils',
      amount: '1500.00',
      currency: 'EUR',
      stage: 'proposal',
      account,
      client,
      owner,
      expectedCloseDate: '2026-06-30',
      closedAt: null,
    },
  },
  accounts: {
    groupBy: ['industry'],
    row: { industry: 'agriculture', ...accountMeasures() },
    totals: accountMeasures(),
    line: {
      name: 'Sillons & Fils',
      industry: 'agriculture',
      annualRevenue: { value: '4200000.00', currency: 'EUR' },
      wonAmount: eur('0.00'),
      openAmount: eur('1500.00'),
      owner,
    },
  },
};

export function exampleReport(report: ReportName): JsonObject {
  const { groupBy, row, totals } = REPORT_EXAMPLES[report];
  return { groupBy, rows: [row], totals, position: EXAMPLE_POSITION, at: EXAMPLE_INSTANT };
}

export function exampleLine(report: ReportName): JsonObject {
  return REPORT_EXAMPLES[report].line;
}

function opportunityMeasures(): JsonObject {
  const open = { count: 1, amount: eur('1500.00'), averageAmount: eur('1500.00'), weightedAmount: eur('750.00') };
  return { ...open, won: 0, lost: 0, wonAmount: eur('0.00'), winRate: null };
}

function accountMeasures(): JsonObject {
  return {
    count: 1,
    annualRevenue: eur('4200000.00'),
    wonAmount: eur('0.00'),
    openAmount: eur('1500.00'),
    opportunities: 1,
  };
}
