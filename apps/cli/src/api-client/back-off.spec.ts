import { describe, expect, it } from '@jest/globals';
import { BACK_OFF, delayBefore, retryAfterOf } from './back-off.js';

describe('the wait before another try', () => {
  it('may double each time, up to the longest, and is spread evenly below that', () => {
    const longest = [1, 2, 3, 4, 20].map((tries) => delayBefore(BACK_OFF, tries, 1, undefined));
    expect(longest).toEqual([100, 200, 400, 800, 5_000]);
    expect(delayBefore(BACK_OFF, 4, 0.25, undefined)).toBe(200);
  });

  it('is never less than the server asked for', () => {
    expect(delayBefore(BACK_OFF, 1, 0, 2_000)).toBe(2_000);
    expect(delayBefore(BACK_OFF, 1, 0.5, 2_000)).toBe(2_050);
  });

  it('is asked for in seconds or by a date', () => {
    const now = Date.parse('2026-01-01T00:00:00Z');
    expect(retryAfterOf('2', now)).toBe(2_000);
    expect(retryAfterOf('Thu, 01 Jan 2026 00:00:05 GMT', now)).toBe(5_000);
    expect(retryAfterOf('Wed, 31 Dec 2025 00:00:00 GMT', now)).toBe(0);
    expect(retryAfterOf('soon', now)).toBeUndefined();
    expect(retryAfterOf(undefined, now)).toBeUndefined();
  });
});
