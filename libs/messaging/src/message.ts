import { type CommandContext, Problem, type ProblemCode, type ProblemDetails } from '@sillage/kernel';

/** What travels from the gateway to a service, and between services: plain data, so that any transport can carry it. */
export interface Message<Payload> {
  readonly context: CommandContext;
  readonly payload: Payload;
}

/** A Problem as data. */
export interface SentProblem extends ProblemDetails {
  readonly code: ProblemCode;
}

export type Reply<Value> = { readonly value: Value } | { readonly problem: SentProblem };

export function sendProblem({ code, faults, params, extensions }: Problem): SentProblem {
  return { code, faults, params, extensions };
}

export function receiveProblem({ code, ...details }: SentProblem): Problem {
  return new Problem(code, details);
}
