import type { Connection } from './connection.js';
import { isInvalidPosition, reasonOf } from './failures.js';
import { backOff, unlessAborted } from './patience.js';
import { beginRead, type ReadBuffer } from './read-buffer.js';
import { subscription } from './read-requests.js';
import type { RecordedEvent } from './read-response.js';

export interface ResumingSubscriptionOptions {
  readonly after: number;
  /** What the names of all streams begin with on the server. */
  readonly prefix: string;
  /** Ends it. */
  readonly signal: AbortSignal;
  /** Finds the position of an event to begin at, for one that is none's; see `LogReader.placeBefore`. */
  readonly placeBefore: (position: number) => Promise<number>;
  /** Told why, each time that it is interrupted and about to be taken up again. */
  readonly onInterruption: (reason: string) => void;
}

/** The longest pause between two attempts to take it up again, in milliseconds. */
const LONGEST_PAUSE = 5_000;

/**
 * A subscription that is begun anew, behind the last event given out, whenever it breaks: the server's end with the
 * connection. Neither the server's checkpoints nor what waits in the buffer count as given out.
 */
export class ResumingSubscription {
  readonly #connection: Connection;
  readonly #options: ResumingSubscriptionOptions;
  #buffer: ReadBuffer | undefined;
  #position: number;
  /** The server has said that there is no event at the position. */
  #isNowhere = false;
  #failures = 0;

  constructor(connection: Connection, options: ResumingSubscriptionOptions) {
    this.#connection = connection;
    this.#options = options;
    this.#position = options.after;
  }

  /** Waits for the next events and gives those at hand, but not more than so many. None when the signal has ended it. */
  async next(most: number): Promise<readonly RecordedEvent[]> {
    const { signal } = this.#options;
    while (!signal.aborted) {
      try {
        const events = await this.#take(most);
        const last = events.at(-1);
        if (last) {
          this.#position = last.position;
          this.#isNowhere = false;
          return events;
        }
      } catch (error) {
        this.cancel();
        if (signal.aborted) return [];
        if (isInvalidPosition(error) && !this.#isNowhere) {
          this.#isNowhere = true;
          continue;
        }
        this.#failures += 1;
        this.#options.onInterruption(reasonOf(error));
        await backOff(this.#failures, LONGEST_PAUSE, signal);
      }
    }
    return [];
  }

  cancel(): void {
    this.#buffer?.cancel();
    this.#buffer = undefined;
  }

  async #take(most: number): Promise<readonly RecordedEvent[]> {
    const { signal } = this.#options;
    this.#buffer ??= await this.#begin();
    await unlessAborted(this.#buffer.heard(), signal);
    if (this.#buffer.hasEnded) throw new Error('the server ended the subscription');
    this.#failures = 0;
    return this.#buffer.take(most).filter(({ position }) => position > this.#position);
  }

  async #begin(): Promise<ReadBuffer> {
    const { prefix, signal, placeBefore } = this.#options;
    const place = this.#isNowhere ? await unlessAborted(placeBefore(this.#position), signal) : this.#position;
    return beginRead(this.#connection, subscription(place, { prefix }), signal);
  }
}
