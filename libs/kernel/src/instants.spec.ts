import { describe, expect, it } from '@jest/globals';
import { isDate, normalizeInstant } from './instants.js';

describe('an instant', () => {
  it.each([
    ['2026-03-01T10:00:00Z', '2026-03-01T10:00:00.000Z'],
    ['2026-03-01T10:00:00.123456Z', '2026-03-01T10:00:00.123Z'],
    ['2026-03-01T10:00:00+05:30', '2026-03-01T04:30:00.000Z'],
    ['2026-03-01T00:30:00+01:00', '2026-02-28T23:30:00.000Z'],
    ['2024-02-29t10:00:00z', '2024-02-29T10:00:00.000Z'],
    ['0001-01-01T00:00:00Z', '0001-01-01T00:00:00.000Z'],
    ['2026-03-01', undefined],
    ['2026-03-01 10:00:00Z', undefined],
    ['2026-03-01T10:00:00', undefined],
    ['2026-02-29T10:00:00Z', undefined],
    ['2026-03-01T24:00:00Z', undefined],
    ['2026-03-01T10:00:60Z', undefined],
    ['2026-03-01T10:00:00+25:00', undefined],
    ['now', undefined],
  ])('%s is kept as %s', (text, kept) => {
    expect(normalizeInstant(text)).toBe(kept);
  });
});

describe('a date', () => {
  it.each([
    ['2024-02-29', true],
    ['2026-02-29', false],
    ['2026-13-01', false],
    ['2026-00-10', false],
    ['2026-04-31', false],
    ['26-04-30', false],
    ['2026-4-3', false],
  ])('%s: %s', (text, isOne) => {
    expect(isDate(text)).toBe(isOne);
  });
});
