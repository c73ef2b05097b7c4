import { amountFault, isDate, type JsonValue, minorDigits } from '@sillage/kernel';
import { type Decimal, decimalText, parseDecimal, times } from './decimal.js';
import { instantIn } from './instants.js';

/** Why a row cannot be imported. Its message completes the sentence "the row is refused: …". */
export class RowRefused extends Error {}

/*
 * From the texts of cells to the values that the API takes. Each refuses what it cannot read, naming the text.
 */

/** A number of JSON. What a double cannot hold exactly is refused rather than changed. */
export function numberIn(text: string, form: 'whole' | 'decimal', scale: Decimal): number {
  const exact = decimalText(times(decimalIn(text), scale));
  if (form === 'whole' && exact.includes('.')) throw new RowRefused(`"${text}" is not a whole number`);
  if (String(Number(exact)) !== exact) throw new RowRefused(`"${text}" has more digits than a number can hold`);
  return Number(exact);
}

export function moneyIn(text: string, scale: Decimal, currency: string): JsonValue {
  const value = decimalText(times(decimalIn(text), scale));
  if (minorDigits(currency) === undefined) throw new RowRefused(`"${currency}" is not a currency (ISO 4217)`);
  const fault = amountFault(value, currency);
  switch (fault) {
    case undefined:
      return { value, currency };
    case 'not-a-decimal':
      throw new RowRefused(`the amount ${value} is negative`);
    case 'too-many-decimals':
      throw new RowRefused(`${value} has more than the ${minorDigits(currency)} decimals of ${currency}`);
    case 'too-large':
      throw new RowRefused(`the amount ${value} is too large`);
    default:
      return fault satisfies never;
  }
}

export function booleanIn(text: string): boolean {
  if (text === 'true') return true;
  if (text === 'false') return false;
  throw new RowRefused(`"${text}" is neither true nor false`);
}

export function dateIn(text: string): string {
  if (isDate(text)) return text;
  throw new RowRefused(`"${text}" is not a date (YYYY-MM-DD)`);
}

export function momentIn(text: string, timeZone: string): string {
  const instant = instantIn(text, timeZone);
  if (instant === undefined) throw new RowRefused(`"${text}" is not a date or a time (RFC 3339)`);
  return instant;
}

export function textsIn(text: string, separator: string): readonly string[] {
  const texts = text.split(separator).map((part) => part.trim());
  return [...new Set(texts.filter((part) => part !== ''))];
}

function decimalIn(text: string): Decimal {
  const decimal = parseDecimal(text);
  if (decimal === undefined) throw new RowRefused(`"${text}" is not a decimal number`);
  return decimal;
}
