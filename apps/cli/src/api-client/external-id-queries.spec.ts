import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { externalIdQueries } from './external-id-queries.js';

describe('queries by external ids', () => {
  it('together ask for every id once, each within 100 values and 8,000 characters', () => {
    const ids = fc.array(fc.string({ unit: 'grapheme', minLength: 1, maxLength: 200 }), { maxLength: 400 });
    fc.assert(
      fc.property(ids, (externalIds) => {
        const queries = externalIdQueries(externalIds);
        const asked = queries.map((query) => new URLSearchParams(query).getAll('externalId'));
        expect(asked.flat()).toEqual(externalIds.map((id) => id.toWellFormed()));
        expect(asked.every((values) => values.length <= 100)).toBe(true);
        expect(queries.every((query, index) => query.length <= 8_000 || asked[index]?.length === 1)).toBe(true);
      }),
      { numRuns: 50 },
    );
  });

  it('are none for no ids', () => {
    expect(externalIdQueries([])).toEqual([]);
  });
});
