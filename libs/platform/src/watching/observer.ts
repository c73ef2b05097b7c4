import type { CommandContext } from '@sillage/kernel';
import type { Logger } from 'pino';
import { correlated, correlationId } from './correlation.js';
import type { AnsweredRequest, Metrics } from './metrics.js';

/** The header beside a message for the request on whose behalf it is sent, where the message itself does not say. */
const CORRELATION = 'correlation-id';

/** What travels beside a message: short texts by name. */
export type Carrier = { readonly [name: string]: string };

/** A request that is being answered. */
export interface ObservedRequest {
  /** Runs a step of the answer, so that what it logs and sends is known to belong to the request. */
  run(step: () => void): void;
  /** @param seconds since the request arrived */
  answered(request: AnsweredRequest, seconds: number): void;
}

/** A message that is to be answered. */
export interface ObservedMessage {
  readonly pattern: string;
  readonly context: CommandContext;
  readonly carrier: Carrier;
}

/** Watches what a process answers: for logs, metrics and traces at once. */
export interface Observer {
  arrived(id: string, headers: { readonly [name: string]: unknown }): ObservedRequest;
  sending(pattern: string): Carrier;
  answering<Answer>(message: ObservedMessage, answer: () => Promise<Answer>): Promise<Answer>;
}

/** Counts what is answered, and logs it at the level `debug`. */
export function createObserver(metrics: Metrics, logger: Logger): Observer {
  return {
    arrived: (id) => ({
      run: (step) => correlated(id, step),
      answered: (request, seconds) => {
        metrics.requestAnswered(request, seconds);
        if (logger.isLevelEnabled('debug')) {
          correlated(id, () => logger.debug({ ...request, seconds }, 'a request was answered'));
        }
      },
    }),
    sending: () => {
      const id = correlationId();
      return id === undefined ? {} : { [CORRELATION]: id };
    },
    answering: ({ pattern, context, carrier }, answer) => {
      const measured = async () => {
        const begun = performance.now();
        let outcome = 'internal-error';
        try {
          const given = await answer();
          outcome = outcomeOf(given);
          return given;
        } finally {
          const seconds = (performance.now() - begun) / 1_000;
          metrics.messageAnswered({ pattern, outcome }, seconds);
          logger.debug({ pattern, outcome, seconds }, 'a message was answered');
        }
      };
      const id = carrier[CORRELATION] ?? context.correlationId;
      return correlationId() === id ? measured() : correlated(id, measured);
    },
  };
}

/** `ok` for a reply with a value, else the code of its problem, of which there are some twenty. */
export function outcomeOf(reply: unknown): string {
  if (typeof reply !== 'object' || reply === null || !('problem' in reply)) return 'ok';
  const { problem } = reply;
  if (typeof problem !== 'object' || problem === null || !('code' in problem)) return 'ok';
  return String(problem.code);
}
