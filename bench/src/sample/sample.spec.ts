import { describe, expect, it } from '@jest/globals';
import { answers, sampleQueries } from './queries.js';
import { recordsByStage, sampleRecord } from './records.js';

const RECORDS = Array.from({ length: 10_000 }, (_, index) => sampleRecord(index));

describe('the sample', () => {
  it('is the same every time', () => {
    expect(sampleRecord(17)).toEqual(sampleRecord(17));
  });

  it('is varied', () => {
    expect(new Set(RECORDS.map(({ name }) => name)).size).toBeGreaterThan(9_900);
    expect(new Set(RECORDS.map(({ amount }) => amount)).size).toBeGreaterThan(9_500);
  });

  it('has about a tenth of its records won', () => {
    const won = recordsByStage(RECORDS.length).get('won') ?? 0;
    expect(won).toBeGreaterThan(900);
    expect(won).toBeLessThan(1_100);
  });

  it('is searched for what it holds, sometimes for more than a page', () => {
    const found = sampleQueries(96).map((query) => RECORDS.filter(({ name }) => answers(name, query)).length);
    expect(Math.min(...found)).toBeGreaterThan(0);
    expect(Math.max(...found)).toBeGreaterThan(50);
  });
});
