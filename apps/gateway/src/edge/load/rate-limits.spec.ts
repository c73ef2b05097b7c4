import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { RateLimiter } from './rate-limits.js';

/** A limiter of ten a second, twenty at once, and its clock. */
function limiter(perSecond = 10, window = 2) {
  const clock = { now: 1_000_000 };
  const of = new RateLimiter({ name: 'tenant', perSecond, window }, () => clock.now);
  const takeMany = (times: number) => Array.from({ length: times }, () => of.take('acme'));
  return { clock, of, takeMany };
}

describe('a rate limit', () => {
  it('lets a burst through, then refuses, saying how long to wait', () => {
    const { of, takeMany } = limiter();
    expect(takeMany(20).map(({ left }) => left)).toEqual(Array.from({ length: 20 }, (_, index) => 19 - index));
    expect(of.take('acme')).toEqual({ left: 0, untilAll: 2_000, wait: 100 });
    expect(of.take('acme')).toEqual({ left: 0, untilAll: 2_000, wait: 100 });
  });

  it('lets one more through when it was waited for so long', () => {
    const { clock, of, takeMany } = limiter();
    takeMany(20);
    clock.now += 99;
    expect(of.take('acme').wait).toBeCloseTo(1);
    clock.now += 1;
    expect(of.take('acme').wait).toBe(0);
    expect(of.take('acme').wait).toBe(100);
  });

  it('allows everything again after a window, and never more', () => {
    const { clock, takeMany } = limiter();
    takeMany(30);
    clock.now += 100_000;
    expect(takeMany(30).filter(({ wait }) => wait === 0)).toHaveLength(20);
  });

  it('is of each by itself', () => {
    const { of, takeMany } = limiter();
    takeMany(30);
    expect(of.take('other')).toEqual({ left: 19, untilAll: 100, wait: 0 });
  });

  it('never lets more through than the burst and the rate allow, whenever requests come', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 400 }), { maxLength: 300 }), (pauses) => {
        const { clock, of } = limiter();
        const begun = clock.now;
        let through = 0;
        for (const pause of pauses) {
          clock.now += pause;
          if (of.take('acme').wait === 0) through += 1;
          expect(through).toBeLessThanOrEqual(20 + (clock.now - begun) / 100 + 1e-6);
        }
      }),
    );
  });
});
