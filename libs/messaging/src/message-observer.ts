import type { CommandContext } from '@sillage/kernel';

/** What travels beside a message for those who watch: the trace that it is part of, by the names of W3C Trace Context. */
export type Carrier = { readonly [name: string]: string };

/** Watches messages: for logs, metrics and traces. */
export interface MessageObserver {
  /** What is to travel beside a message that is about to be sent. */
  sending(pattern: string): Carrier;

  /** Carries out what answers a message that has arrived, and gives its answer. */
  answering<Answer>(message: ArrivedMessage, answer: () => Promise<Answer>): Promise<Answer>;
}

export interface ArrivedMessage {
  readonly pattern: string;
  readonly context: CommandContext;
  readonly carrier: Carrier;
}
