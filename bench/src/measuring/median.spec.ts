import { describe, expect, it } from '@jest/globals';
import { median, medianOfKnown } from './median.js';

describe('a median', () => {
  it.each([
    [[3, 1, 2], 2],
    [[4, 1, 3, 2], 2.5],
    [[7], 7],
  ])('of %j is %d', (values, middle) => {
    expect(median(values)).toBe(middle);
  });

  it('is unknown when a value is', () => {
    expect(medianOfKnown([1, undefined, 3])).toBeUndefined();
    expect(medianOfKnown([1, 3])).toBe(2);
  });
});
