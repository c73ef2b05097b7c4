import currencyCodes from 'currency-codes';

/** An amount of one currency: `value` in units of the currency as a decimal string, `currency` by ISO 4217. */
export type Money = { readonly value: string; readonly currency: string };

/** The most that one amount may be: 15 digits of minor units, so that it stays exact as a number and sums as a bigint. */
const MOST_MINOR_DIGITS = 15;

const DECIMAL = /^(0|[1-9]\d*)(?:\.(\d+))?$/;

const DIGITS: ReadonlyMap<string, number> = new Map(currencyCodes.data.map(({ code, digits }) => [code, digits]));

export const CURRENCIES: readonly string[] = [...DIGITS.keys()].sort();

/** How many decimals a currency has (EUR 2, JPY 0, KWD 3); undefined for what ISO 4217 does not list. */
export function minorDigits(currency: string): number | undefined {
  return DIGITS.get(currency);
}

export type AmountFault = 'not-a-decimal' | 'too-many-decimals' | 'too-large';

/** What is wrong with a decimal string as an amount of a currency; undefined when nothing is. */
export function amountFault(value: string, currency: string): AmountFault | undefined {
  const match = DECIMAL.exec(value);
  if (!match) return 'not-a-decimal';
  const digits = minorDigits(currency) ?? 0;
  if ((match[2] ?? '').length > digits) return 'too-many-decimals';
  return (match[1] as string).length + digits > MOST_MINOR_DIGITS ? 'too-large' : undefined;
}

/** The amount in minor units (cents for EUR). The money must be free of faults. */
export function toMinorUnits(money: Money): number {
  const [whole = '0', decimals = ''] = money.value.split('.');
  return Number(whole + decimals.padEnd(minorDigits(money.currency) ?? 0, '0'));
}

/** Minor units as a decimal string with all decimals of the currency: 150000 of EUR is `1500.00`. */
export function fromMinorUnits(minor: bigint, currency: string): string {
  const digits = minorDigits(currency) ?? 0;
  const text = (minor < 0n ? -minor : minor).toString().padStart(digits + 1, '0');
  const sign = minor < 0n ? '-' : '';
  return digits === 0 ? sign + text : `${sign}${text.slice(0, -digits)}.${text.slice(-digits)}`;
}

/** Divides and rounds half away from zero, as invoices do. */
export function divideRounded(dividend: bigint, divisor: bigint): bigint {
  const negative = dividend < 0n !== divisor < 0n;
  const [a, b] = [dividend < 0n ? -dividend : dividend, divisor < 0n ? -divisor : divisor];
  const quotient = (2n * a + b) / (2n * b);
  return negative ? -quotient : quotient;
}
