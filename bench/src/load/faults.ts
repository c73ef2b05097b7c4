/** Kinds of faults that are told apart; the rest is counted only. */
const MOST_KINDS = 5;

/** Answers that were wrong or never came, by what was wrong with them. */
export class Faults {
  private readonly kinds = new Map<string, number>();
  count = 0;

  add(fault: string): void {
    this.count += 1;
    const known = this.kinds.get(fault);
    if (known !== undefined || this.kinds.size < MOST_KINDS) this.kinds.set(fault, (known ?? 0) + 1);
  }

  /** Such as `3 x status 503: …`. */
  describe(): readonly string[] {
    return [...this.kinds].map(([fault, count]) => `${count} x ${fault}`);
  }
}
