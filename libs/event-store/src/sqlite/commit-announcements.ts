import { realpathSync } from 'node:fs';
import { BroadcastChannel } from 'node:worker_threads';

/** Tells the threads of this process that something was committed to a file. */
export class CommitAnnouncer {
  readonly #channel: BroadcastChannel;

  constructor(file: string) {
    this.#channel = channelOf(file);
  }

  announce(): void {
    this.#channel.postMessage(undefined);
  }

  close(): void {
    this.#channel.close();
  }
}

/** Hears the announcements for a file, if its writer is in this process. For one who waits. */
export class CommitListener {
  readonly #channel: BroadcastChannel;
  #wasHeard = false;
  #wake: () => void = () => {};

  constructor(file: string) {
    this.#channel = channelOf(file);
    this.#channel.onmessage = () => {
      this.#wasHeard = true;
      this.#wake();
    };
  }

  /**
   * Waits until an announcement comes, at most `timeout` milliseconds. One that came since the last call ends it at
   * once, so whoever reads before each call misses no commit. Ended by `close` too.
   */
  async next(timeout: number): Promise<void> {
    if (!this.#wasHeard) {
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, timeout);
        this.#wake = () => {
          clearTimeout(timer);
          resolve();
        };
      });
    }
    this.#wasHeard = false;
  }

  close(): void {
    this.#channel.close();
    this.#wasHeard = true;
    this.#wake();
  }
}

/** One channel for a file, whatever name leads to it. */
function channelOf(file: string): BroadcastChannel {
  return new BroadcastChannel(`sillage-event-store:${realpathSync(file)}`);
}
