import { fromMinorUnits, type Money, toMinorUnits } from '@sillage/kernel';

/** An amount of minor units as reports show it: with all decimals of its currency. */
export function moneyOf(minor: bigint, currency: string): Money {
  return { value: fromMinorUnits(minor, currency), currency };
}

/** The amount of a record (`10`, `10.0`) as reports show it (`10.00`). */
export function exactMoney(money: Money): Money {
  return moneyOf(BigInt(toMinorUnits(money)), money.currency);
}
