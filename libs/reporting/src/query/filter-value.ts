import {
  amountFault,
  type FaultCode,
  isDate,
  isId,
  minorDigits,
  normalizeInstant,
  toMinorUnits,
} from '@sillage/kernel';
import type { Scalar } from '@sillage/view-store';
import type { FilterField } from './filter-field.js';

/** A value of a parameter as a condition takes it, or what is wrong with it and what its message needs to say. */
export type FilterValue =
  | { readonly value: Scalar }
  | { readonly wrong: FaultCode; readonly params?: Record<string, string | number> };

const NUMBER = /^-?(?:0|[1-9]\d{0,15})(?:\.\d{1,15})?$/;
const MONTH = /^\d{4}-(?:0[1-9]|1[0-2])$/;

/**
 * Reads the value of a parameter. An instant is written in UTC with milliseconds, as views keep it.
 * @param currency For money: the one that the amount is in.
 */
export function filterValue({ kind, choices }: FilterField, text: string, currency: string): FilterValue {
  switch (kind) {
    case 'keyword':
    case 'keywords':
    case 'open':
    case 'text':
      if (!text.isWellFormed() || text.includes('\0')) return { wrong: 'wrong-form' };
      if (choices === undefined || choices.includes(text)) return { value: text };
      return { wrong: 'not-in-set', params: { choices: choices.join(', ') } };
    case 'number':
      return NUMBER.test(text) ? { value: Number(text) } : { wrong: 'wrong-type', params: { expected: 'number' } };
    case 'instant': {
      const value = normalizeInstant(text);
      return value === undefined ? { wrong: 'not-an-instant' } : { value };
    }
    case 'date':
      return isDate(text) ? { value: text } : { wrong: 'not-a-date' };
    case 'month':
      return MONTH.test(text) ? { value: text } : { wrong: 'wrong-form' };
    case 'reference':
      return isId(text) ? { value: text } : { wrong: 'wrong-form' };
    case 'currency':
      return minorDigits(text) === undefined ? { wrong: 'unknown-currency' } : { value: text };
    case 'money': {
      const wrong = amountFault(text, currency);
      if (wrong === undefined) return { value: toMinorUnits({ value: text, currency }) };
      return { wrong, params: { digits: minorDigits(currency) ?? 0, currency } };
    }
    default:
      return kind satisfies never;
  }
}
