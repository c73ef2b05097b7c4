import { CRM_SALES, cell, cellOrNull, LEADS, rowsOf } from './data-sets.js';
import { amountOf, type Company, type Deal, type Lead } from './figures.js';

/* What the rows of the public data sets say. */

const STAGES = {
  Prospecting: { stage: 'prospecting', kind: 'open', probability: 10n },
  Engaging: { stage: 'engaging', kind: 'open', probability: 50n },
  Won: { stage: 'won', kind: 'won', probability: 100n },
  Lost: { stage: 'lost', kind: 'lost', probability: 0n },
} as const;

export function crmDeals(): readonly Deal[] {
  return rowsOf(CRM_SALES, 'sales_pipeline.csv').map((row) => {
    const closedMonth = cell(row, 'close_date').slice(0, 7) || null;
    return {
      ...STAGES[cell(row, 'deal_stage') as keyof typeof STAGES],
      owner: cell(row, 'sales_agent'),
      source: null,
      account: cellOrNull(row, 'account'),
      closedMonth,
      expectedCloseMonth: closedMonth,
      amount: amountOf(cell(row, 'close_value'), 'USD'),
    };
  });
}

export function crmCompanies(): readonly Company[] {
  return rowsOf(CRM_SALES, 'accounts.csv').map((row) => ({
    account: cell(row, 'account'),
    industry: cell(row, 'sector'),
    owner: null,
    annualRevenue: millions(cell(row, 'revenue')),
  }));
}

export function leads(): readonly Lead[] {
  return rowsOf(LEADS, 'leads.csv').map((row) => {
    const converted = cell(row, 'Converted') === '1';
    return { source: cellOrNull(row, 'Lead Source'), stage: converted ? 'converted' : 'new', owner: null, converted };
  });
}

/** `1100.04` millions of dollars: six digits more, and two for the cents. */
function millions(value: string) {
  const [whole = '', fraction = ''] = value.split('.');
  return { minor: BigInt(whole + fraction.padEnd(8, '0')), currency: 'USD' };
}
