/** An exact decimal number: `digits` / 10 ** `places`. */
export interface Decimal {
  readonly digits: bigint;
  readonly places: number;
}

export const ONE: Decimal = { digits: 1n, places: 0 };

/** Undefined for what is no plain decimal number (`1200`, `-0.75`); no exponents, no separators of thousands. */
export function parseDecimal(text: string): Decimal | undefined {
  const match = /^([+-]?)(\d+)(?:\.(\d+))?$/.exec(text);
  if (match === null) return undefined;
  const [, sign = '', whole = '', fraction = ''] = match;
  const digits = BigInt(whole + fraction);
  return { digits: sign === '-' ? -digits : digits, places: fraction.length };
}

export function times(a: Decimal, b: Decimal): Decimal {
  return { digits: a.digits * b.digits, places: a.places + b.places };
}

/** Without zeros at the end of the fraction: 1100.040 is `1100.04`, 12.000 is `12`. */
export function decimalText({ digits, places }: Decimal): string {
  const text = (digits < 0n ? -digits : digits).toString().padStart(places + 1, '0');
  const whole = text.slice(0, text.length - places);
  const fraction = text.slice(text.length - places).replace(/0+$/, '');
  return `${digits < 0n ? '-' : ''}${whole}${fraction === '' ? '' : `.${fraction}`}`;
}
