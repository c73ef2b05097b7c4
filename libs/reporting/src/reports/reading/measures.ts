import { divideRounded } from '@sillage/kernel';
import type { MeasureRule, Report } from '../report.js';
import type { Group } from './groups.js';

/** An amount in minor units of a currency. */
export interface Amount {
  readonly currency: string;
  readonly minor: bigint;
}

export type MeasureValue =
  | { readonly kind: 'count'; readonly value: number }
  /** 0 to 1, with at most 4 decimals; null when there was nothing to divide by. */
  | { readonly kind: 'rate'; readonly value: number | null }
  /** Sorted by currency. */
  | { readonly kind: 'money'; readonly amounts: readonly Amount[] };

export type MeasureValues = { readonly [measure: string]: MeasureValue };

/** The measures of a report for a group. Pure. */
export function measuresOf({ measures }: Report, { sums }: Pick<Group, 'sums'>): MeasureValues {
  return Object.fromEntries(Object.entries(measures).map(([name, rule]) => [name, measured(rule, sums)]));
}

function measured(rule: MeasureRule, sums: Group['sums']): MeasureValue {
  switch (rule.kind) {
    case 'count':
      return { kind: 'count', value: Number(total(sums, rule.sum)) };
    case 'rate': {
      const outOf = rule.outOf.reduce((whole, sum) => whole + total(sums, sum), 0n);
      return { kind: 'rate', value: outOf === 0n ? null : quotient(total(sums, rule.sum), outOf) };
    }
    case 'money':
      return { kind: 'money', amounts: amountsOf(rule, sums) };
    default:
      return rule satisfies never;
  }
}

function total(sums: Group['sums'], name: string): bigint {
  let whole = 0n;
  for (const ofCurrency of sums.values()) whole += ofCurrency[name] ?? 0n;
  return whole;
}

/** Four decimals: a hundredth of a per cent. */
const RATE_SCALE = 10_000;

function quotient(part: bigint, whole: bigint): number {
  return Number(divideRounded(part * BigInt(RATE_SCALE), whole)) / RATE_SCALE;
}

function amountsOf({ records, minor }: MeasureRule & { kind: 'money' }, sums: Group['sums']): readonly Amount[] {
  const amounts: Amount[] = [];
  for (const [currency, ofCurrency] of sums) {
    if (currency !== null && (ofCurrency[records] ?? 0n) > 0n) amounts.push({ currency, minor: minor(ofCurrency) });
  }
  return amounts.sort((a, b) => (a.currency < b.currency ? -1 : 1));
}
