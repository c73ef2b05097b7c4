import type { SentProblem } from '@sillage/kernel';
import type { Message, Reply } from '../message.js';
import type { Carrier } from '../message-observer.js';

/*
 * What goes over the wire: Nest's packets, JSON behind the length. Their `metadata` is where Nest 12 lets a client send
 * what is not part of the message.
 */

export interface RequestPacket {
  readonly id: string;
  readonly pattern: string;
  readonly data: Message<unknown>;
  readonly metadata: {
    /** Milliseconds that an answer is of use for. The clocks of two machines differ, so a deadline does not travel. */
    readonly timeLeft: number;
    readonly carrier: Carrier;
  };
}

/** A question whether the service is there and takes messages, as itself a message that takes no work. */
const PING = 'sillage.ping';

const NOBODY = { tenant: '', actor: '', correlationId: '', deadline: 0 };

export function pingRequest(id: string): RequestPacket {
  return { id, pattern: PING, data: { context: NOBODY, payload: null }, metadata: { timeLeft: 1, carrier: {} } };
}

export function isPing({ pattern }: RequestPacket): boolean {
  return pattern === PING;
}

export type AnswerPacket =
  | { readonly id: string; readonly response: Reply<unknown>; readonly isDisposed: true }
  | { readonly id: string; readonly err: string };

/** Undefined for what is not a request of ours: the port was found by somebody else's client. */
export function asRequest(packet: unknown): RequestPacket | undefined {
  if (!isObject(packet) || !isObject(packet.data) || !isObject(packet.data.context)) return undefined;
  if (!isObject(packet.metadata) || !isObject(packet.metadata.carrier)) return undefined;
  if (typeof packet.id !== 'string' || typeof packet.pattern !== 'string') return undefined;
  if (typeof packet.metadata.timeLeft !== 'number') return undefined;
  return packet as unknown as RequestPacket;
}

export function asAnswer(packet: unknown): AnswerPacket | undefined {
  if (!isObject(packet) || typeof packet.id !== 'string') return undefined;
  if (typeof packet.err === 'string' || isObject(packet.response)) return packet as unknown as AnswerPacket;
  return undefined;
}

export function isRefusal(answer: AnswerPacket, code: SentProblem['code']): boolean {
  return 'response' in answer && 'problem' in answer.response && answer.response.problem.code === code;
}

export function refusal(id: string, code: SentProblem['code']): AnswerPacket {
  return { id, response: { problem: { code } }, isDisposed: true };
}

function isObject(value: unknown): value is { readonly [name: string]: unknown } {
  return typeof value === 'object' && value !== null;
}
