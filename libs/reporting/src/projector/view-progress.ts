/** How far the views are, for those who read them. */
export interface ViewProgress {
  /** Resolves with true once a tenant's views are at this position, with false after so many milliseconds. */
  waitFor(tenant: string, position: number, timeoutMs: number): Promise<boolean>;
}

interface Waiter {
  readonly position: number;
  readonly reached: (reached: boolean) => void;
}

/** Keeps the position of views that this process writes, all in one partition, and tells those who wait for it. */
export class Progress implements ViewProgress {
  private current = 0;
  private readonly waiters = new Set<Waiter>();
  private endLull: (() => void) | undefined;
  private readonly listeners = new Set<(position: number) => void>();

  /** Every event up to here is in the views. */
  get position(): number {
    return this.current;
  }

  advance(position: number): void {
    if (position <= this.current) return;
    this.current = position;
    for (const waiter of this.waiters) if (waiter.position <= position) waiter.reached(true);
    for (const listener of this.listeners) listener(position);
  }

  waitFor(_tenant: string, position: number, timeoutMs: number): Promise<boolean> {
    if (position <= this.current) return Promise.resolve(true);
    return new Promise((resolve) => {
      const reached = (isReached: boolean) => {
        clearTimeout(timer);
        this.waiters.delete(waiter);
        resolve(isReached);
      };
      const waiter = { position, reached };
      const timer = setTimeout(() => reached(false), timeoutMs);
      this.waiters.add(waiter);
      this.endLull?.();
    });
  }

  /** Resolves after so many milliseconds, or as soon as somebody waits. */
  lull(milliseconds: number): Promise<void> {
    if (this.waiters.size > 0) return Promise.resolve();
    return new Promise((resolve) => {
      const timer = setTimeout(() => this.endLull?.(), milliseconds);
      this.endLull = () => {
        clearTimeout(timer);
        this.endLull = undefined;
        resolve();
      };
    });
  }

  /** Calls back with each new position. Gives the way to stop that. */
  onAdvance(listener: (position: number) => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }
}
