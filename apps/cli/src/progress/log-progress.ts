import type { Progress } from './progress.js';

/**
 * How far a walk along a log is: by positions, since only they are known of its end, and told in events. In one store a
 * position counts events, in another bytes (docs/adr/0003-one-order-per-tenant.md).
 */
export class LogProgress {
  private position = 0;

  /** @param end position of the last event of the walk */
  constructor(
    private readonly progress: Progress,
    label: string,
    private readonly end: number,
  ) {
    progress.begin(label, end, 'events');
  }

  /** @param events since the last time */
  reach(position: number, events: number): void {
    const reached = Math.min(Math.max(position, this.position), this.end);
    this.progress.advance(reached - this.position, events);
    this.position = reached;
  }
}
