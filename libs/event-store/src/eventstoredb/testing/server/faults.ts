import { setTimeout as sleep } from 'node:timers/promises';

/** What the test server does with the answer to an append that it has stored. */
export type AnswerFate = 'sent' | 'sent-without-position' | 'lost' | 'disconnected';

/** The server's default `MaxAppendSize`, in bytes. */
const MAX_APPEND_SIZE = 1024 * 1024;

/** What goes wrong in the test server, on demand. */
export class Faults {
  #delay = 0;
  #mostBytes = MAX_APPEND_SIZE;
  #readBreaksBehind = Number.POSITIVE_INFINITY;
  #thawed: PromiseWithResolvers<void> | undefined;
  readonly #fates: AnswerFate[] = [];

  /** Lets every append wait for so many milliseconds before it is decided. */
  delayAppends(milliseconds: number): void {
    this.#delay = milliseconds;
  }

  /** Takes no appends of more bytes than so many, as a server does that is set up so. */
  limitAppends(bytes: number): void {
    this.#mostBytes = bytes;
  }

  get mostBytes(): number {
    return this.#mostBytes;
  }

  /** Stores the next appends and does not say so. */
  loseAnswers(count: number): void {
    this.#fates.push(...Array.from({ length: count }, () => 'lost' as const));
  }

  /** Answers the next append as the server does when it recognises a repeat whose events it cannot look up. */
  answerWithoutPosition(): void {
    this.#fates.push('sent-without-position');
  }

  /** Stores the next append, then breaks every connection instead of answering. */
  disconnectBehindCommit(): void {
    this.#fates.push('disconnected');
  }

  /** Lets the next read fail behind so many responses. */
  breakRead(responses: number): void {
    this.#readBreaksBehind = responses;
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

  get isFrozen(): boolean {
    return this.#thawed !== undefined;
  }

  async beforeAppend(): Promise<void> {
    if (this.#delay > 0) await sleep(this.#delay);
    await this.turn();
  }

  /** Settles at once, or when the server is no longer frozen. */
  async turn(): Promise<void> {
    while (this.#thawed) await this.#thawed.promise;
  }

  /** How many responses a read gives before it fails. */
  responsesOfRead(): number {
    const responses = this.#readBreaksBehind;
    this.#readBreaksBehind = Number.POSITIVE_INFINITY;
    return responses;
  }

  fateOfAnswer(): AnswerFate {
    return this.#fates.shift() ?? 'sent';
  }
}
