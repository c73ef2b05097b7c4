import { REPORTS } from '@sillage/contracts';
import { type JsonObject, type Money, toMinorUnits } from '@sillage/kernel';
import { ACCOUNT_TOTALS_VIEW, type AccountTotals } from '../../views/account-totals.js';
import { type DetailColumn, textColumn } from '../detail-column.js';
import { type Dimensions, dimensionReader } from '../dimension.js';
import { type Contribution, cuboidsOf, type MeasureRule, type Report, type Sums } from '../report.js';
import { exactMoney, moneyOf } from '../report-money.js';

const shape = REPORTS.accounts;

/** `currency` is no dimension of the document: an account adds to one cell for itself and one for each currency. */
const dimensions = {
  industry: { kind: 'keyword', field: 'industry' },
  owner: { kind: 'keyword', field: 'owner' },
  currency: { kind: 'currency', field: 'currency' },
  account: { kind: 'account', field: 'id' },
} satisfies Dimensions;

const [CURRENCY, ACCOUNT_DIMENSIONS] = [2, dimensionReader(dimensions)];

/** Accounts, their revenue, and what their opportunities are worth. `owner` is the account's. */
export const ACCOUNTS_REPORT: Report = {
  shape,
  view: ACCOUNT_TOTALS_VIEW,
  dimensions,
  cuboids: cuboidsOf(
    'accounts',
    dimensions,
    ['currency'],
    [
      ['industry', 'owner'],
      ['account', 'industry', 'owner'],
    ],
  ),
  // `revenues` and `amounts` count what has an annual revenue, an amount, in the currency of the cell.
  sums: ['count', 'opportunities', 'revenues', 'annualRevenue', 'amounts', 'wonAmount', 'openAmount'],
  measures: {
    count: { kind: 'count', sum: 'count' },
    annualRevenue: money('revenues', ({ annualRevenue = 0n }) => annualRevenue),
    wonAmount: money('amounts', ({ wonAmount = 0n }) => wonAmount),
    openAmount: money('amounts', ({ openAmount = 0n }) => openAmount),
    opportunities: { kind: 'count', sum: 'opportunities' },
  } satisfies { [measure in keyof typeof shape.measures]: MeasureRule },
  detail: shape.detail.map(detailColumn),

  contributions(document) {
    const totals = document as AccountTotals;
    if (totals.deletedAt !== undefined) return [];
    const values = ACCOUNT_DIMENSIONS(document);
    const itself = { dimensions: values, sums: [1n, BigInt(totals.opportunities), 0n, 0n, 0n, 0n, 0n] };
    return [itself, ...currenciesOf(totals).map((currency) => inCurrency(totals, values, currency))];
  },
};

function currenciesOf({ amounts, annualRevenue }: AccountTotals): readonly string[] {
  const currencies = Object.keys(amounts);
  const { currency } = annualRevenue ?? {};
  return currency === undefined || currencies.includes(currency) ? currencies : [...currencies, currency];
}

function inCurrency(totals: AccountTotals, values: Contribution['dimensions'], currency: string): Contribution {
  const { annualRevenue, amounts } = totals;
  const { opportunities = 0, won = '0', open = '0' } = amounts[currency] ?? {};
  const revenue = annualRevenue?.currency === currency ? annualRevenue : undefined;
  return {
    dimensions: values.with(CURRENCY, currency),
    sums: [
      0n,
      0n,
      revenue === undefined ? 0n : 1n,
      revenue === undefined ? 0n : BigInt(toMinorUnits(revenue)),
      BigInt(opportunities),
      BigInt(won),
      BigInt(open),
    ],
  };
}

function money(records: string, minor: (sums: Sums) => bigint): MeasureRule {
  return { kind: 'money', records, minor };
}

function detailColumn(name: (typeof shape.detail)[number]): DetailColumn {
  switch (name) {
    case 'annualRevenue':
      return { name, kind: 'money', value: revenueOf };
    case 'wonAmount':
      return { name, kind: 'amounts', value: (document) => amountsOf(document, 'won') };
    case 'openAmount':
      return { name, kind: 'amounts', value: (document) => amountsOf(document, 'open') };
    case 'name':
    case 'industry':
    case 'owner':
      return textColumn(name);
    default:
      return name satisfies never;
  }
}

function revenueOf(document: JsonObject): Money | null {
  const { annualRevenue } = document as AccountTotals;
  return annualRevenue === undefined ? null : exactMoney(annualRevenue);
}

function amountsOf(document: JsonObject, sum: 'won' | 'open'): readonly Money[] {
  const currencies = Object.entries((document as AccountTotals).amounts);
  return currencies.map(([currency, amounts]) => moneyOf(BigInt(amounts[sum]), currency)).sort(byCurrency);
}

function byCurrency(a: Money, b: Money): number {
  return a.currency < b.currency ? -1 : 1;
}
