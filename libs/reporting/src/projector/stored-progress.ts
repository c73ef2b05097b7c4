import { setTimeout } from 'node:timers/promises';
import type { ViewReader } from '@sillage/view-store';
import type { ViewProgress } from './view-progress.js';

/** Milliseconds between two looks at the stored position. */
const LOOK_EVERY = 20;

/** How far views are that several processes write, each its partitions: looks at the store while somebody waits. */
export class StoredProgress implements ViewProgress {
  /** By tenant, the next look: one for all who wait. */
  private readonly looks = new Map<string, Promise<number>>();

  constructor(private readonly reader: Pick<ViewReader, 'positionOf'>) {}

  async waitFor(tenant: string, position: number, timeoutMs: number): Promise<boolean> {
    const until = performance.now() + timeoutMs;
    let reached = await this.reader.positionOf(tenant);
    while (reached < position && performance.now() < until) reached = await this.nextLook(tenant);
    return reached >= position;
  }

  private nextLook(tenant: string): Promise<number> {
    const known = this.looks.get(tenant);
    if (known !== undefined) return known;
    const look = setTimeout(LOOK_EVERY)
      .then(() => this.reader.positionOf(tenant))
      .finally(() => this.looks.delete(tenant));
    this.looks.set(tenant, look);
    return look;
  }
}
