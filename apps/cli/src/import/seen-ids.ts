import { digest } from '@sillage/kernel';

/**
 * Remembers the external ids of a file in 8 bytes each, so that a file of a million rows needs some 20 MB. It knows
 * them by 64 bits of their SHA-256: the odds that two of a million are taken for one are 1 in 37 million.
 */
export class SeenIds {
  private slots = new BigUint64Array(1024);
  private count = 0;

  /** False when the id was added before. */
  add(externalId: string): boolean {
    // Zero stands for a slot that is free.
    const hash = BigInt(`0x${digest(externalId).slice(0, 16)}`) || 1n;
    if (!this.insert(hash)) return false;
    this.count += 1;
    if (this.count * 2 > this.slots.length) this.grow();
    return true;
  }

  private insert(hash: bigint): boolean {
    const last = this.slots.length - 1;
    let at = Number(hash & BigInt(last));
    while (this.slots[at] !== 0n) {
      if (this.slots[at] === hash) return false;
      at = (at + 1) & last;
    }
    this.slots[at] = hash;
    return true;
  }

  private grow(): void {
    const before = this.slots;
    this.slots = new BigUint64Array(before.length * 2);
    for (const hash of before) if (hash !== 0n) this.insert(hash);
  }
}
