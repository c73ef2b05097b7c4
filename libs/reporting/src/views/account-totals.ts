import { isMoney, type JsonObject, type Money, toMinorUnits } from '@sillage/kernel';
import type { View } from '@sillage/view-store';

/**
 * Each account with the sums over its opportunities: what the accounts report is made of. Internal; joined from the
 * events of accounts and of opportunities.
 */
export const ACCOUNT_TOTALS_VIEW: View = {
  name: 'accountTotals',
  fields: {
    createdAt: { kind: 'instant', sortable: true },
    id: { kind: 'keyword' },
    industry: { kind: 'keyword' },
    owner: { kind: 'keyword' },
  },
};

/** Sums over an account's opportunities with an amount in one currency, in minor units as decimal strings. */
type AmountTotals = { readonly opportunities: number; readonly won: string; readonly open: string };

export type AccountTotals = {
  readonly id: string;
  readonly createdAt: string;
  readonly name?: string;
  readonly industry?: string;
  readonly owner?: string;
  readonly annualRevenue?: Money;
  readonly deletedAt?: string;
  /** How many opportunities it has that are not deleted, with and without an amount. */
  readonly opportunities: number;
  /** By currency; only those that occur. */
  readonly amounts: { readonly [currency: string]: AmountTotals };
};

/** What one opportunity adds to the totals of its account. */
export interface Share {
  readonly account: string;
  /** Of the amount; undefined without one. */
  readonly currency: string | undefined;
  /** Minor units. */
  readonly won: bigint;
  /** Minor units. */
  readonly open: bigint;
}

/** What an opportunity adds to its account; undefined when it is deleted or has no account. Pure. */
export function shareOf(opportunity: JsonObject | undefined): Share | undefined {
  if (opportunity === undefined || opportunity.deletedAt !== undefined) return undefined;
  const { accountId, amount, stageKind } = opportunity;
  if (typeof accountId !== 'string') return undefined;
  if (!isMoney(amount)) return { account: accountId, currency: undefined, won: 0n, open: 0n };
  const minor = BigInt(toMinorUnits(amount));
  const won = stageKind === 'won' ? minor : 0n;
  const open = stageKind === 'open' ? minor : 0n;
  return { account: accountId, currency: amount.currency, won, open };
}

export function isSameShare(a: Share | undefined, b: Share | undefined): boolean {
  if (a === undefined || b === undefined) return a === b;
  return a.account === b.account && a.currency === b.currency && a.won === b.won && a.open === b.open;
}

/** The totals of an account after an event on itself. Pure; gives `before` itself when the event does not matter here. */
export function withAccount(before: AccountTotals | undefined, account: JsonObject): AccountTotals {
  const { opportunities, amounts } = before ?? { opportunities: 0, amounts: {} };
  const own = accountFields(account);
  if (before !== undefined && isSameAccount(before, own)) return before;
  return { ...own, opportunities, amounts };
}

/** The totals with an opportunity's share put in (`1n`) or taken out (`-1n`). Pure. */
export function withShare(totals: AccountTotals, { currency, won, open }: Share, sign: 1n | -1n): AccountTotals {
  const opportunities = totals.opportunities + Number(sign);
  if (currency === undefined) return { ...totals, opportunities };
  const { [currency]: before = { opportunities: 0, won: '0', open: '0' }, ...others } = totals.amounts;
  const inCurrency = {
    opportunities: before.opportunities + Number(sign),
    won: String(BigInt(before.won) + sign * won),
    open: String(BigInt(before.open) + sign * open),
  };
  const amounts = inCurrency.opportunities === 0 ? others : { ...others, [currency]: inCurrency };
  return { ...totals, opportunities, amounts };
}

type AccountFields = Omit<AccountTotals, 'opportunities' | 'amounts'>;

function accountFields({ id, createdAt, name, industry, owner, annualRevenue, deletedAt }: JsonObject): AccountFields {
  return {
    id: String(id),
    createdAt: String(createdAt),
    ...(typeof name === 'string' && { name }),
    ...(typeof industry === 'string' && { industry }),
    ...(typeof owner === 'string' && { owner }),
    ...(isMoney(annualRevenue) && { annualRevenue }),
    ...(typeof deletedAt === 'string' && { deletedAt }),
  };
}

function isSameAccount(a: AccountFields, b: AccountFields): boolean {
  return (
    a.name === b.name &&
    a.industry === b.industry &&
    a.owner === b.owner &&
    a.deletedAt === b.deletedAt &&
    a.annualRevenue?.value === b.annualRevenue?.value &&
    a.annualRevenue?.currency === b.annualRevenue?.currency
  );
}
