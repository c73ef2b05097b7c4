import { type Appended, type NewEvent, OutcomeUnknown, requireAppendable, StoreUnavailable } from '@sillage/kernel';
import { type AppendOutcome, outcomeOf, outcomeWithoutAnswer } from './append-outcome.js';
import { type Append, BatchAppend } from './batch-append.js';
import type { Connection } from './connection.js';
import { InFlight } from './in-flight.js';
import { backOff } from './patience.js';
import { sizeOf, toProposedMessage } from './recorded-event.js';

export interface AppenderOptions {
  /** What the names of all streams begin with on the server. */
  readonly prefix: string;
  /** How long an append may take, in milliseconds. */
  readonly timeout: number;
  /** Finds the position of an event that is stored, by its stream's name on the server, unless the signal ends it. */
  readonly findPosition: (name: string, revision: number, signal: AbortSignal) => Promise<number>;
}

/** How many appends the server is given at once; more bought nothing where it was measured. */
const MOST_IN_FLIGHT = 64;

/** How often an append is tried that has not reached a server, before it is said that there is none. */
const MOST_REFUSALS = 3;

/** The longest pause between two attempts, in milliseconds. */
const LONGEST_PAUSE = 500;

/** Appends in the time given, in order within a stream, and asks again for as long as the outcome is unknown. */
export class Appender {
  readonly #batch: BatchAppend;
  readonly #options: AppenderOptions;
  readonly #inFlight = new InFlight(MOST_IN_FLIGHT);

  constructor(connection: Connection, options: AppenderOptions) {
    this.#batch = new BatchAppend(connection);
    this.#options = options;
  }

  /** See `Streams.append`. */
  async append(stream: string, expected: number, events: readonly NewEvent[]): Promise<Appended> {
    if (events.length === 0) throw new RangeError('an append needs at least one event');
    const messages = events.map(toProposedMessage);
    // More is not even sent: over a message of 16 MiB a server ends the whole call, and so the other appends in it.
    requireAppendable(messages.reduce((bytes, message) => bytes + sizeOf(message), 0));
    return this.appendTo(this.#options.prefix + stream, { stream, expected, messages });
  }

  /** Appends to a stream by its name on the server. Errors call it `stream`. */
  async appendTo(name: string, append: Append): Promise<Appended> {
    const signal = AbortSignal.timeout(this.#options.timeout);
    const position = await this.#inFlight.run(name, () => this.#untilAnswered(name, append, signal));
    return { revision: append.expected + append.messages.length, position };
  }

  /** Settles when no append is under way. */
  idle(): Promise<void> {
    return this.#inFlight.idle();
  }

  async #untilAnswered(name: string, append: Append, signal: AbortSignal): Promise<number> {
    let doubt: unknown;
    let reason = 'it has too much to do';
    for (let attempt = 1; !signal.aborted; attempt += 1) {
      const outcome = await this.#attempt(name, append, signal);
      switch (outcome.kind) {
        case 'stored':
          return outcome.position;
        case 'refused':
          throw outcome.error;
        case 'unknown':
          doubt = outcome.cause;
          break;
        case 'not-stored':
          reason = outcome.reason;
          // Once in doubt, only an answer ends it.
          if (doubt === undefined && attempt >= MOST_REFUSALS) throw new StoreUnavailable(reason);
      }
      await backOff(attempt, LONGEST_PAUSE, signal);
    }
    throw doubt === undefined ? new StoreUnavailable(reason) : new OutcomeUnknown(doubt);
  }

  async #attempt(
    name: string,
    { stream, expected, messages }: Append,
    signal: AbortSignal,
  ): Promise<AppendOutcome<number>> {
    try {
      const answer = await this.#batch.append({ stream: name, expected, messages }, signal);
      const outcome = outcomeOf(answer, stream, expected);
      if (outcome.kind !== 'stored') return outcome;
      const position = outcome.position ?? (await this.#options.findPosition(name, expected + messages.length, signal));
      return { kind: 'stored', position };
    } catch (error) {
      return outcomeWithoutAnswer(error);
    }
  }
}
