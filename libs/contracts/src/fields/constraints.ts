import { amountFault, isDate, isJsonObject, minorDigits, normalizeInstant } from '@sillage/kernel';
import { ValidateBy } from 'class-validator';

/*
 * Constraints that class-validator lacks or understands more loosely. The name of each is the code of the fault that a
 * caller is told.
 */

/** Text that every system can keep: no lone surrogates, no NUL, not only white space. */
export const IsWellFormed = constraint('wrong-form', (value) => typeof value !== 'string' || isKept(value));

export const IsNotBlank = constraint('empty', (value) => typeof value !== 'string' || value.trim() !== '');

export const IsInstantText = constraint(
  'not-an-instant',
  (value) => typeof value === 'string' && normalizeInstant(value) !== undefined,
);

export const IsDateText = constraint('not-a-date', (value) => typeof value === 'string' && isDate(value));

export const IsDecimalText = constraint(
  'not-a-decimal',
  (value) => typeof value === 'string' && amountFault(value, 'XXX') !== 'not-a-decimal',
);

export const IsCurrency = constraint(
  'unknown-currency',
  (value) => typeof value === 'string' && minorDigits(value) !== undefined,
);

/** class-validator's own check of decimals throws on numbers that are written with an exponent, such as 1e-7. */
export function HasDecimalsAtMost(decimals: number): PropertyDecorator {
  return constraint(
    'too-many-decimals',
    (value) => typeof value !== 'number' || Number(value.toFixed(decimals)) === value,
  )();
}

/** An object of string, number, boolean or null under keys of at most 100 characters; both of text that all can keep. */
export const IsOpenObject = constraint(
  'wrong-type',
  (value) =>
    isJsonObject(value as never) &&
    Object.entries(value as object).every(
      ([key, item]) =>
        key.length <= 100 && isKept(key) && (item === null || typeof item === 'boolean' || isScalar(item)),
    ),
);

/** JSON can write numbers that no JavaScript number holds, such as 1e999. */
function isScalar(item: unknown): boolean {
  return typeof item === 'string' ? isKept(item) : Number.isFinite(item);
}

function isKept(text: string): boolean {
  return text.isWellFormed() && !text.includes('\0');
}

export function HasKeysAtMost(limit: number): PropertyDecorator {
  return constraint(
    'too-many',
    (value) => typeof value !== 'object' || value === null || Object.keys(value).length <= limit,
  )();
}

export function HasTextsUpTo(limit: number): PropertyDecorator {
  return constraint(
    'too-long',
    (value) =>
      typeof value !== 'object' ||
      value === null ||
      Object.values(value).every((item) => typeof item !== 'string' || item.length <= limit),
  )();
}

function constraint(name: string, holds: (value: unknown) => boolean): (each?: { each: boolean }) => PropertyDecorator {
  return (options) => ValidateBy({ name, validator: { validate: holds } }, options);
}
