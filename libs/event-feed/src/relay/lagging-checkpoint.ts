import type { ClaimedCheckpoint } from './relay-checkpoint.js';

export interface CheckpointPace {
  /** Written when so many events have been relayed since the last time … */
  readonly events: number;
  /** … or when the first of them was relayed so many milliseconds ago. */
  readonly milliseconds: number;
}

/**
 * Follows the relay at a distance: a restart finds the place in the topic itself, so the checkpoint need not be exact, and
 * each is an event in the store.
 */
export class LaggingCheckpoint {
  private position: number;
  private events = 0;
  private timer: NodeJS.Timeout | undefined;
  private writing: Promise<void> = Promise.resolve();

  /** @param onFailure called once the checkpoint can no longer be advanced */
  constructor(
    private readonly claimed: Pick<ClaimedCheckpoint, 'advance' | 'before'>,
    private readonly pace: CheckpointPace,
    private readonly onFailure: (error: unknown) => void,
  ) {
    this.position = claimed.before.position;
  }

  /** @param events how many were relayed on the way to this position */
  reach(position: number, events: number): void {
    this.position = position;
    this.events += events;
    if (this.events >= this.pace.events) this.write();
    else if (this.events > 0) this.timer ??= setTimeout(() => this.write(), this.pace.milliseconds);
  }

  /** Writes what is not written yet, and resolves when that is done or has failed. */
  async close(): Promise<void> {
    if (this.events > 0) this.write();
    await this.writing;
  }

  private write(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
    this.events = 0;
    const { position } = this;
    this.writing = this.writing.then(() => this.claimed.advance(position)).catch(this.onFailure);
  }
}
