/*
 * The figures of the reports, computed a second time: in plain loops over rows of CSV, without a line of the product.
 */

/** Minor units by currency: those of every amount of a group, zero included. */
export type Sums = { readonly [currency: string]: bigint };

export interface Amount {
  readonly minor: bigint;
  readonly currency: string;
}

export interface Deal {
  readonly pipeline?: string;
  readonly stage: string;
  readonly kind: 'open' | 'won' | 'lost';
  /** Per cent. */
  readonly probability: bigint;
  readonly owner: string | null;
  readonly source: string | null;
  /** External id. */
  readonly account: string | null;
  readonly closedMonth: string | null;
  readonly expectedCloseMonth: string | null;
  readonly amount: Amount | null;
}

export interface Company {
  readonly account: string;
  readonly industry: string | null;
  readonly owner: string | null;
  readonly annualRevenue: Amount | null;
}

export interface Lead {
  readonly source: string | null;
  readonly stage: string;
  readonly owner: string | null;
  readonly converted: boolean;
}

/** The figures of each group: keys are the JSON of the list of its dimensions' values. */
export type Figures = { readonly [group: string]: object };

export function prospectFigures(leads: readonly Lead[], by: readonly (keyof Lead)[]): Figures {
  return ofGroups(leads, by, (group) => {
    const converted = group.filter((lead) => lead.converted).length;
    return { count: group.length, converted, conversionRate: rate(converted, group.length) };
  });
}

export function opportunityFigures(deals: readonly Deal[], by: readonly (keyof Deal)[]): Figures {
  return ofGroups(deals, by, (group) => {
    const won = group.filter(({ kind }) => kind === 'won').length;
    const lost = group.filter(({ kind }) => kind === 'lost').length;
    const amount = sums(group, ({ minor }) => minor);
    const priced = sums(group, () => 1n);
    const weighted = sums(group, ({ minor }, { probability }) => minor * probability);
    return {
      count: group.length,
      amount: money(amount),
      averageAmount: money(each(amount, (sum, currency) => rounded(sum, priced[currency] ?? 1n))),
      weightedAmount: money(each(weighted, (sum) => rounded(sum, 100n))),
      won,
      lost,
      wonAmount: money(sums(group, ({ minor }, { kind }) => (kind === 'won' ? minor : 0n))),
      winRate: rate(won, won + lost),
    };
  });
}

export function accountFigures(
  companies: readonly Company[],
  deals: readonly Deal[],
  by: readonly (keyof Company)[],
): Figures {
  const dealsOf = Map.groupBy(deals, ({ account }) => account);
  return ofGroups(companies, by, (group) => {
    const theirs = group.flatMap(({ account }) => dealsOf.get(account) ?? []);
    const revenues = group.map(({ annualRevenue }) => ({ amount: annualRevenue }));
    return {
      count: group.length,
      annualRevenue: money(sums(revenues, ({ minor }) => minor)),
      wonAmount: money(sums(theirs, ({ minor }, { kind }) => (kind === 'won' ? minor : 0n))),
      openAmount: money(sums(theirs, ({ minor }, { kind }) => (kind === 'open' ? minor : 0n))),
      opportunities: theirs.length,
    };
  });
}

/** Reads `1054.5` as minor units of the currency. */
export function amountOf(value: string, currency: string): Amount | null {
  if (value === '') return null;
  const [whole = '', fraction = ''] = value.split('.');
  return { minor: BigInt(whole + fraction.padEnd(decimals(currency), '0')), currency };
}

function ofGroups<T>(rows: readonly T[], by: readonly (keyof T)[], figures: (group: readonly T[]) => object): Figures {
  const groups = Map.groupBy(rows, (row) => JSON.stringify(by.map((name) => row[name] ?? null)));
  return Object.fromEntries([...groups].map(([key, group]) => [key, figures(group)]));
}

function sums<T extends { readonly amount: Amount | null }>(
  rows: readonly T[],
  share: (amount: Amount, row: T) => bigint,
): Sums {
  const totals: Record<string, bigint> = {};
  for (const row of rows) {
    if (row.amount === null) continue;
    const { currency } = row.amount;
    totals[currency] = (totals[currency] ?? 0n) + share(row.amount, row);
  }
  return totals;
}

function each(totals: Sums, change: (sum: bigint, currency: string) => bigint): Sums {
  return Object.fromEntries(Object.entries(totals).map(([currency, sum]) => [currency, change(sum, currency)]));
}

/** As the API shows money: sorted by currency, with all decimals. */
function money(totals: Sums): readonly { value: string; currency: string }[] {
  return Object.entries(totals)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([currency, sum]) => {
      const digits = decimals(currency);
      const text = String(sum).padStart(digits + 1, '0');
      const value = digits === 0 ? text : `${text.slice(0, -digits)}.${text.slice(-digits)}`;
      return { value, currency };
    });
}

function decimals(currency: string): number {
  return { JPY: 0, KRW: 0, KWD: 3 }[currency] ?? 2;
}

/** Half up, as amounts are not negative. */
function rounded(dividend: bigint, divisor: bigint): bigint {
  return (2n * dividend + divisor) / (2n * divisor);
}

function rate(part: number, whole: number): number | null {
  return whole === 0 ? null : Math.round((part * 10_000) / whole) / 10_000;
}
