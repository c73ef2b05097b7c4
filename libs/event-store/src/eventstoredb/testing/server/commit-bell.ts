import type { AppendQueue } from './append-queue.js';

/** Rings for each commit, and when the signal is aborted, for one who waits between two looks at the log. */
export class CommitBell implements Disposable {
  readonly #appends: AppendQueue;
  #next = Promise.withResolvers<void>();

  constructor(appends: AppendQueue, signal: AbortSignal) {
    this.#appends = appends;
    appends.on('committed', this.#ring);
    signal.addEventListener('abort', this.#ring, { once: true });
  }

  /** Settles with the first ring since the last one that was waited for. */
  async rung(): Promise<void> {
    await this.#next.promise;
    this.#next = Promise.withResolvers();
  }

  [Symbol.dispose](): void {
    this.#appends.off('committed', this.#ring);
  }

  readonly #ring = () => this.#next.resolve();
}
