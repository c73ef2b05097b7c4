import { cell, cellOrNull, rowsOf } from './data-sets.js';
import { amountOf, type Company, type Deal, type Lead } from './figures.js';

/* What the rows that `sillage demo` has written say. They are in the default pipelines. */

const STAGES: { readonly [stage: string]: Pick<Deal, 'kind' | 'probability'> } = {
  prospecting: { kind: 'open', probability: 10n },
  qualification: { kind: 'open', probability: 25n },
  proposal: { kind: 'open', probability: 50n },
  negotiation: { kind: 'open', probability: 75n },
  won: { kind: 'won', probability: 100n },
  lost: { kind: 'lost', probability: 0n },
};

export function demoDeals(folder: string): readonly Deal[] {
  return rowsOf(folder, 'opportunities.csv').map((row) => {
    const stage = cell(row, 'stage');
    return {
      stage,
      ...(STAGES[stage] ?? { kind: 'open', probability: 0n }),
      owner: cell(row, 'owner'),
      source: cellOrNull(row, 'source'),
      account: cellOrNull(row, 'account_id'),
      closedMonth: cell(row, 'closed').slice(0, 7) || null,
      expectedCloseMonth: cell(row, 'expected_close').slice(0, 7) || null,
      amount: amountOf(cell(row, 'amount'), cell(row, 'currency')),
    };
  });
}

export function demoCompanies(folder: string): readonly Company[] {
  return rowsOf(folder, 'accounts.csv').map((row) => ({
    account: cell(row, 'account_id'),
    industry: cell(row, 'industry'),
    owner: cell(row, 'owner'),
    annualRevenue: amountOf(cell(row, 'annual_revenue'), cell(row, 'currency')),
  }));
}

export function demoLeads(folder: string): readonly Lead[] {
  return rowsOf(folder, 'prospects.csv').map((row) => ({
    source: cellOrNull(row, 'source'),
    stage: cell(row, 'stage'),
    owner: cellOrNull(row, 'owner'),
    converted: cell(row, 'stage') === 'converted',
  }));
}
