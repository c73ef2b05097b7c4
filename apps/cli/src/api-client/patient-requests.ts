import { setTimeout as sleep } from 'node:timers/promises';
import { Failure, Interrupted } from '../failure.js';
import { problemOf } from './answers.js';
import { BACK_OFF, type BackOff, delayBefore, retryAfterOf } from './back-off.js';
import { type ApiRequest, type ApiResponse, NoAnswer, type Transport } from './transport.js';

export interface Patience {
  readonly backOff: BackOff;
  /** Milliseconds since 1970, UTC. */
  readonly now: () => number;
  readonly random: () => number;
  /** Ends every wait: the user does not want to wait any longer. */
  readonly signal: AbortSignal;
  /** Told once in an outage, why there is a wait. */
  readonly onWait: (reason: string) => void;
}

export const PATIENCE: Patience = {
  backOff: BACK_OFF,
  now: Date.now,
  random: Math.random,
  signal: new AbortController().signal,
  onWait: () => {},
};

/** The server was asked for as long as patience lasts. */
export class ServerAway extends Failure {}

/** What a try led to: an end, or a reason to try again, after so many milliseconds at the earliest. */
export type Attempt<T> = { readonly done: T } | { readonly comeBack: string; readonly retryAfter?: number | undefined };

/** Whether a status asks to come back: too many requests, or a server or proxy that cannot answer now. */
export function asksToComeBack(status: number): boolean {
  return status === 429 || status === 502 || status === 503 || status === 504;
}

/**
 * Requests that outlast a server which restarts or is busy. Every request made through it must be safe to repeat: a
 * read, a create with an idempotency key, a change with If-Match.
 */
export class PatientRequests {
  private waiting = false;
  /** When a request was last done, in milliseconds. */
  private lastDone = 0;

  constructor(
    private readonly transport: Transport,
    private readonly patience: Patience,
  ) {}

  /**
   * The server's answer, whatever its status but those that ask to come back.
   * @throws ServerAway when the server is given up; Failure when it refuses the token; Interrupted in a wait.
   */
  answer(request: ApiRequest, backOff?: BackOff): Promise<ApiResponse> {
    return this.patiently(() => this.attempt(request), backOff);
  }

  /** Tries until an attempt is done. What it throws ends it at once. */
  async patiently<T>(attempt: () => Promise<Attempt<T>>, backOff: BackOff = this.patience.backOff): Promise<T> {
    const { now, random } = this.patience;
    let failedSince: number | undefined;
    for (let tries = 1; ; tries += 1) {
      const outcome = await attempt();
      if ('done' in outcome) {
        this.waiting = false;
        this.lastDone = now();
        return outcome.done;
      }
      failedSince ??= now();
      const delay = delayBefore(backOff, tries, random(), outcome.retryAfter);
      // A server that does other requests meanwhile is there.
      const awaySince = Math.max(failedSince, this.lastDone);
      if (now() + delay - awaySince > backOff.giveUpAfter) throw this.gaveUp(outcome.comeBack, backOff);
      await this.wait(delay, outcome.comeBack);
    }
  }

  /** One try. @throws Failure when the token is refused. */
  async attempt(request: ApiRequest): Promise<Attempt<ApiResponse>> {
    try {
      const answer = await this.transport.exchange(request);
      if (answer.status === 401 || answer.status === 403) throw this.refused(answer);
      if (!asksToComeBack(answer.status)) return { done: answer };
      const retryAfter = retryAfterOf(answer.headers['retry-after'], this.patience.now());
      return { comeBack: `${answer.status} ${problemOf(answer).code}`, retryAfter };
    } catch (error) {
      if (error instanceof NoAnswer) return { comeBack: error.message };
      throw error;
    }
  }

  private async wait(delay: number, reason: string): Promise<void> {
    if (!this.waiting) this.patience.onWait(reason);
    this.waiting = true;
    try {
      await sleep(delay, undefined, { signal: this.patience.signal });
    } catch {
      throw new Interrupted();
    }
  }

  private gaveUp(reason: string, { giveUpAfter }: BackOff): ServerAway {
    const { url } = this.transport.connection;
    return new ServerAway(`the server at ${url} has not answered for ${Math.round(giveUpAfter / 1_000)} s (${reason})`);
  }

  private refused(answer: ApiResponse): Failure {
    const { url } = this.transport.connection;
    return new Failure(`the server at ${url} does not accept the token (${answer.status} ${problemOf(answer).code})`);
  }
}
