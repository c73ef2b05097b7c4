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

/** A value of a parameter as a condition takes it, or what is wrong with it. */
export type FilterValue =
  | { readonly value: Scalar }
  | { readonly wrong: FaultCode; readonly choices?: readonly string[] };

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
      return choices === undefined || choices.includes(text) ? { value: text } : { wrong: 'not-in-set', choices };
    case 'number':
      return NUMBER.test(text) ? { value: Number(text) } : { wrong: 'wrong-type' };
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
      return wrong === undefined ? { value: toMinorUnits({ value: text, currency }) } : { wrong };
    }
    default:
      return kind satisfies never;
  }
}
