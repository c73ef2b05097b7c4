import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { amountFault, divideRounded, fromMinorUnits, minorDigits, toMinorUnits } from './money.js';

describe('money', () => {
  it('has the decimals of its currency by ISO 4217', () => {
    expect(['EUR', 'JPY', 'KWD', 'CLF', 'XYZ'].map(minorDigits)).toEqual([2, 0, 3, 4, undefined]);
  });

  it.each([
    ['10', 'EUR', undefined],
    ['0', 'EUR', undefined],
    ['0.10', 'EUR', undefined],
    ['0.1', 'JPY', 'too-many-decimals'],
    ['1.234', 'KWD', undefined],
    ['1.234', 'EUR', 'too-many-decimals'],
    ['-1', 'EUR', 'not-a-decimal'],
    ['+1', 'EUR', 'not-a-decimal'],
    ['1e3', 'EUR', 'not-a-decimal'],
    ['01', 'EUR', 'not-a-decimal'],
    ['1.', 'EUR', 'not-a-decimal'],
    ['.5', 'EUR', 'not-a-decimal'],
    ['1,000', 'EUR', 'not-a-decimal'],
    ['١٢', 'EUR', 'not-a-decimal'],
    ['', 'EUR', 'not-a-decimal'],
    ['9999999999999.99', 'EUR', undefined],
    ['10000000000000', 'EUR', 'too-large'],
    ['999999999999999', 'JPY', undefined],
  ] as const)('finds in %p of %s the fault %p', (value, currency, fault) => {
    expect(amountFault(value, currency)).toBe(fault);
  });

  it('is the same after a way through minor units', () => {
    const minor = fc.integer({ min: 0, max: 999_999_999_999_999 });
    fc.assert(
      fc.property(minor, fc.constantFrom('EUR', 'JPY', 'KWD', 'CLF'), (amount, currency) => {
        const value = fromMinorUnits(BigInt(amount), currency);
        expect(amountFault(value, currency)).toBeUndefined();
        expect(toMinorUnits({ value, currency })).toBe(amount);
      }),
    );
  });

  it('writes every decimal of the currency, and sums beyond what a number holds', () => {
    expect(fromMinorUnits(5n, 'EUR')).toBe('0.05');
    expect(fromMinorUnits(-1500n, 'EUR')).toBe('-15.00');
    expect(fromMinorUnits(12_345_678_901_234_567_890n, 'EUR')).toBe('123456789012345678.90');
    expect(fromMinorUnits(7n, 'JPY')).toBe('7');
  });

  it('divides with halves away from zero', () => {
    expect([5n, 7n, -5n, 4n].map((dividend) => divideRounded(dividend, 2n))).toEqual([3n, 4n, -3n, 2n]);
  });
});
