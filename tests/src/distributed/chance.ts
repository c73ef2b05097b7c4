import { randomInt } from 'node:crypto';

/** Chances that come again with their seed; `SILLAGE_SEED` gives the one to repeat. */
export class Chance {
  private state: number;

  constructor(readonly seed = Number(process.env.SILLAGE_SEED || randomInt(1_000_000))) {
    this.state = seed;
  }

  /** A whole number from 0 to below the limit. */
  below(limit: number): number {
    return Math.floor(this.next() * limit);
  }

  between(least: number, limit: number): number {
    return least + this.below(limit - least);
  }

  happens(percent: number): boolean {
    return this.below(100) < percent;
  }

  oneOf<T>(choices: readonly T[]): T {
    const chosen = choices[this.below(choices.length)];
    if (chosen === undefined) throw new Error('there is nothing to choose from');
    return chosen;
  }

  /** Tommy Ettinger's Mulberry32: of 32 bits, and good enough to choose victims by. */
  private next(): number {
    this.state = (this.state + 0x6d2b_79f5) | 0;
    let mixed = Math.imul(this.state ^ (this.state >>> 15), this.state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  }
}
