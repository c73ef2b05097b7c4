import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { booleanIn, dateIn, moneyIn, numberIn, textsIn } from './cells.js';
import { decimalText, ONE, parseDecimal, times } from './decimal.js';
import { instantIn } from './instants.js';
import { columnTemplate, fillTemplate, parseTemplate } from './template.js';

const MILLION = { digits: 1_000_000n, places: 0 };

describe('a decimal number', () => {
  it.each([
    ['1100.04', '1100040000'],
    ['4.54', '4540000'],
    ['0.0000001', '0.1'],
    ['-2.50', '-2500000'],
    ['0.00', '0'],
    ['123456789012345678901234567890.5', '123456789012345678901234567890500000'],
  ])('%s millions are exactly %s', (text, scaled) => {
    expect(decimalText(times(parseDecimal(text) ?? ONE, MILLION))).toBe(scaled);
  });

  it.each(['', '1,5', '1e3', '.5', '5.', '0x10', '1 000', '١٢'])('"%s" is none', (text) => {
    expect(parseDecimal(text)).toBeUndefined();
  });

  it('keeps its worth through text', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: -(10n ** 30n), max: 10n ** 30n }), fc.nat(20), (digits, places) => {
        const again = parseDecimal(decimalText({ digits, places }));
        expect(again && again.digits * 10n ** BigInt(places - again.places)).toBe(digits);
      }),
    );
  });
});

describe('a cell', () => {
  it('becomes a number that says the same, or is refused', () => {
    expect(numberIn('2822', 'whole', ONE)).toBe(2822);
    expect(numberIn('1.5', 'decimal', { digits: 1_000n, places: 0 })).toBe(1500);
    expect(numberIn('12.0', 'whole', ONE)).toBe(12);
    expect(() => numberIn('12.5', 'whole', ONE)).toThrow('"12.5" is not a whole number');
    expect(() => numberIn('9007199254740993', 'whole', ONE)).toThrow('more digits than a number can hold');
    expect(() => numberIn('many', 'whole', ONE)).toThrow('"many" is not a decimal number');
  });

  it('becomes money with the decimals that its currency has', () => {
    expect(moneyIn('10.50', ONE, 'EUR')).toEqual({ value: '10.5', currency: 'EUR' });
    expect(moneyIn('12.345', ONE, 'KWD')).toEqual({ value: '12.345', currency: 'KWD' });
    expect(moneyIn('1200.000', ONE, 'JPY')).toEqual({ value: '1200', currency: 'JPY' });
    expect(() => moneyIn('0.5', ONE, 'JPY')).toThrow('0.5 has more than the 0 decimals of JPY');
    expect(() => moneyIn('-1', ONE, 'EUR')).toThrow('the amount -1 is negative');
    expect(() => moneyIn('1', ONE, 'EURO')).toThrow('"EURO" is not a currency');
    expect(() => moneyIn('99999999999999', MILLION, 'EUR')).toThrow('too large');
  });

  it('becomes a boolean, a date, or several texts', () => {
    expect(booleanIn('true')).toBe(true);
    expect(() => booleanIn('yes')).toThrow('neither true nor false');
    expect(dateIn('2024-02-29')).toBe('2024-02-29');
    expect(() => dateIn('2023-02-29')).toThrow('is not a date');
    expect(textsIn(' a;b ;;a', ';')).toEqual(['a', 'b']);
  });

  it.each([
    ['2017-03-01', 'UTC', '2017-03-01T00:00:00.000Z'],
    ['2017-03-01 08:30', 'UTC', '2017-03-01T08:30:00.000Z'],
    ['2017-03-01T08:30:15.5', 'UTC', '2017-03-01T08:30:15.500Z'],
    ['2017-07-01', 'Europe/Paris', '2017-06-30T22:00:00.000Z'],
    ['2017-01-01 12:00:00', 'Europe/Paris', '2017-01-01T11:00:00.000Z'],
    ['2017-01-01T12:00:00-05:00', 'Europe/Paris', '2017-01-01T17:00:00.000Z'],
    ['2025-03-30 02:30', 'Europe/Paris', '2025-03-30T01:30:00.000Z'],
    ['2017-02-30', 'Europe/Paris', undefined],
    ['01/03/2017', 'UTC', undefined],
    ['2017-03-01 25:00', 'UTC', undefined],
  ])('"%s" in %s is %s', (text, zone, instant) => {
    expect(instantIn(text, zone)).toBe(instant);
  });
});

describe('a template', () => {
  const cells: { readonly [column: string]: string } = { product: 'GTX', id: '42' };
  const fill = (text: string) => fillTemplate(parseTemplate(text), (column) => cells[column]);

  it('puts cells into a text, the first that is not empty', () => {
    expect(fill('{product} for {account|id}')).toBe('GTX for 42');
    expect(fill('{product} {account}')).toBe('GTX');
  });

  it('says nothing when all its cells are empty', () => {
    expect(fill('Lead {number}')).toBeUndefined();
  });

  it('names its columns, and is refused without any or with half a pair of braces', () => {
    expect(parseTemplate('{a|b} {c}').columns).toEqual(['a', 'b', 'c']);
    expect(columnTemplate('a|{b').columns).toEqual(['a|{b']);
    expect(() => parseTemplate('no column')).toThrow('it names no column');
    expect(() => parseTemplate('{a} {b')).toThrow('a brace has no partner');
  });
});
