import { Problem } from '@sillage/kernel';
import { NoHandler } from '../answering.js';
import type { Message, Reply } from '../message.js';
import type { Carrier } from '../message-observer.js';
import type { Connection, Outcome } from './connection.js';
import { isRefusal, type RequestPacket } from './packets.js';
import type { Replicas } from './replicas.js';

/** Milliseconds that a message waits for any replica to be there: as long as a service takes to be started again. */
const TIME_TO_FIND = 2_000;

/** How often a message may be interrupted and sent again. */
const MOST_INTERRUPTIONS = 1;

export type Settle = (result: { readonly reply: Reply<unknown> } | { readonly error: unknown }) => void;

export interface Question {
  readonly id: string;
  readonly pattern: string;
  readonly message: Message<unknown>;
  readonly carrier: Carrier;
}

/**
 * One message on its way to whichever replica answers it. Every message may be sent again: reads change nothing, and a
 * command that was carried out before gives its first result.
 */
export class Call {
  private connection: Connection | undefined;
  private stopWaiting: () => void = () => {};
  private interruptions = 0;

  constructor(
    private readonly replicas: Replicas,
    private readonly question: Question,
    private readonly settle: Settle,
  ) {
    this.attempt();
  }

  /** Nobody wants the answer any more. */
  cancel(): void {
    this.stopWaiting();
    this.connection?.forget(this.question.id);
  }

  private attempt(): void {
    const connection = this.replicas.next();
    if (connection === 'full') this.refuse('overloaded');
    else if (connection === undefined) this.waitForReplica();
    else this.send(connection);
  }

  private send(connection: Connection): void {
    this.connection = connection;
    try {
      connection.send(this.packet(), (outcome) => this.conclude(connection, outcome));
    } catch (error) {
      this.settle({ error: error instanceof RangeError ? new Problem('body-too-large') : error });
    }
  }

  private conclude(connection: Connection, outcome: Outcome): void {
    this.connection = undefined;
    if (outcome === 'interrupted') {
      this.interruptions += 1;
      if (this.interruptions > MOST_INTERRUPTIONS) this.refuse('service-unavailable');
      else this.attempt();
    } else if (isRefusal(outcome, 'shutting-down')) {
      connection.leave();
      this.attempt();
    } else if ('err' in outcome) {
      this.settle({ error: new NoHandler(this.question.pattern) });
    } else {
      this.settle({ reply: outcome.response });
    }
  }

  /**
   * A message that nobody has seen is refused soon, so that callers do not pile up behind a service that is gone. One
   * that was interrupted may have been carried out: it waits until its time is up, for an answer is worth more then.
   */
  private waitForReplica(): void {
    const takeBack = this.replicas.whenOpen(() => {
      this.stopWaiting();
      this.attempt();
    });
    const time = this.interruptions === 0 ? TIME_TO_FIND : this.timeLeft;
    const timer = setTimeout(() => {
      this.stopWaiting();
      this.refuse('service-unavailable');
    }, time);
    this.stopWaiting = () => {
      clearTimeout(timer);
      takeBack();
    };
  }

  private refuse(code: 'overloaded' | 'service-unavailable'): void {
    this.settle({ reply: { problem: { code } } });
  }

  private packet(): RequestPacket {
    const { id, pattern, message, carrier } = this.question;
    const context = this.interruptions === 0 ? message.context : { ...message.context, repeated: true as const };
    return { id, pattern, data: { ...message, context }, metadata: { timeLeft: this.timeLeft, carrier } };
  }

  private get timeLeft(): number {
    return this.question.message.context.deadline - Date.now();
  }
}
