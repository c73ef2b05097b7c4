import type { CommandContext, SentProblem } from '@sillage/kernel';

/** What travels from the gateway to a service, and between services: plain data, so that any transport can carry it. */
export interface Message<Payload> {
  readonly context: CommandContext;
  readonly payload: Payload;
}

export type Reply<Value> = { readonly value: Value } | { readonly problem: SentProblem };
