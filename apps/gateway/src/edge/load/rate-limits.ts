import { LRUCache } from 'lru-cache';

/** Those of whom it is known what they have used; whoever comes after them has used nothing. */
const MOST_KNOWN = 10_000;

/** How many requests are allowed. */
export interface RateLimit {
  readonly name: 'tenant' | 'token';
  readonly perSecond: number;
  /** Seconds' worth of requests that may come at once. */
  readonly window: number;
}

/** What a request found left of what is allowed. */
export interface Allowance {
  /** Requests that could come at once. */
  readonly left: number;
  /** Milliseconds until everything is allowed again. */
  readonly untilAll: number;
  /** Milliseconds to wait, of a request that is refused; 0 of one that is let through. */
  readonly wait: number;
}

/**
 * A token bucket for each tenant or token, kept as one number: the time at which it is full again (the generic cell rate
 * algorithm, as in ITU-T I.371). O(1) in time, and bounded in memory.
 */
export class RateLimiter {
  private readonly fullAt = new LRUCache<string, number>({ max: MOST_KNOWN });
  private readonly interval: number;
  private readonly burst: number;

  /** @param now milliseconds of a clock that never goes back */
  constructor(
    readonly limit: RateLimit,
    private readonly now: () => number = () => performance.now(),
  ) {
    this.interval = 1_000 / limit.perSecond;
    this.burst = 1_000 * limit.window;
  }

  /** Takes a request off what is allowed to somebody; one that is refused takes nothing. */
  take(somebody: string): Allowance {
    const now = this.now();
    const debt = Math.max(0, (this.fullAt.get(somebody) ?? 0) - now);
    const wait = Math.max(0, debt + this.interval - this.burst);
    const after = wait > 0 ? debt : debt + this.interval;
    if (wait === 0) this.fullAt.set(somebody, now + after);
    return { left: Math.floor((this.burst - after) / this.interval), untilAll: after, wait };
  }
}
