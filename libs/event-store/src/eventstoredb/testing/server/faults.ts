import { setTimeout as sleep } from 'node:timers/promises';

/** What the test server does with the answer to an append that it has stored. */
export type AnswerFate = 'sent' | 'lost' | 'disconnected';

/** What goes wrong in the test server, on demand. */
export class Faults {
  #delay = 0;
  #thawed: PromiseWithResolvers<void> | undefined;
  readonly #fates: AnswerFate[] = [];

  /** Lets every append wait for so many milliseconds before it is decided. */
  delayAppends(milliseconds: number): void {
    this.#delay = milliseconds;
  }

  /** Stores the next appends and does not say so. */
  loseAnswers(count: number): void {
    this.#fates.push(...Array.from({ length: count }, () => 'lost' as const));
  }

  /** Stores the next append, then breaks every connection instead of answering. */
  disconnectBehindCommit(): void {
    this.#fates.push('disconnected');
  }

  /** Answers nothing any more, though connections stay and can be made; pings of HTTP/2 are still answered. */
  freeze(): void {
    this.#thawed ??= Promise.withResolvers();
  }

  /** Goes on with all that has come since it froze. */
  thaw(): void {
    this.#thawed?.resolve();
    this.#thawed = undefined;
  }

  async beforeAppend(): Promise<void> {
    if (this.#delay > 0) await sleep(this.#delay);
    await this.turn();
  }

  /** Settles at once, or when the server is no longer frozen. */
  async turn(): Promise<void> {
    while (this.#thawed) await this.#thawed.promise;
  }

  fateOfAnswer(): AnswerFate {
    return this.#fates.shift() ?? 'sent';
  }
}
