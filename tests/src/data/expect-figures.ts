import { expect } from '@jest/globals';
import { accountFigures, type Company, type Deal, type Lead, opportunityFigures, prospectFigures } from './figures.js';
import type { Reports } from './reports.js';

const OPPORTUNITIES: readonly (readonly (keyof Deal)[])[] = [
  ['stage'],
  ['owner', 'stage'],
  ['account'],
  ['closedMonth'],
  ['owner'],
  ['source'],
  ['expectedCloseMonth', 'stage'],
];
const ACCOUNTS: readonly (readonly (keyof Company)[])[] = [['industry'], ['owner'], ['account']];
const PROSPECTS: readonly (readonly (keyof Lead)[])[] = [['source', 'stage'], ['source'], ['stage'], ['owner']];

/** Every opportunities report says what the rows say, row by row and measure by measure. */
export async function expectOpportunities(reports: Reports, deals: readonly Deal[]): Promise<void> {
  for (const by of OPPORTUNITIES)
    expect(await reports.figures('opportunities', by)).toEqual(opportunityFigures(deals, by));
  expect(await reports.totals('opportunities')).toEqual(opportunityFigures(deals, [])['[]']);
}

export async function expectAccounts(
  reports: Reports,
  companies: readonly Company[],
  deals: readonly Deal[],
): Promise<void> {
  for (const by of ACCOUNTS)
    expect(await reports.figures('accounts', by)).toEqual(accountFigures(companies, deals, by));
  expect(await reports.totals('accounts')).toEqual(accountFigures(companies, deals, [])['[]']);
}

export async function expectProspects(reports: Reports, leads: readonly Lead[]): Promise<void> {
  for (const by of PROSPECTS) expect(await reports.figures('prospects', by)).toEqual(prospectFigures(leads, by));
  expect(await reports.totals('prospects')).toEqual(prospectFigures(leads, [])['[]']);
}
