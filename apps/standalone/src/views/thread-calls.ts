import type { MessagePort } from 'node:worker_threads';
import { Problem, receiveProblem, type SentProblem, sendProblem } from '@sillage/kernel';

/*
 * Calls from one thread to an object in another: a method's name and its argument there, its result back. Only what can
 * be cloned travels.
 */

interface Call {
  readonly call: number;
  readonly method: string;
  readonly argument: unknown;
}

type Return =
  | { readonly call: number; readonly value: unknown }
  | { readonly call: number; readonly problem: SentProblem }
  | { readonly call: number; readonly failure: string };

/** A result, and what of it goes over to the other thread instead of being copied: nobody here may use that again. */
export class HandedOver {
  constructor(
    readonly value: unknown,
    readonly buffers: readonly ArrayBuffer[],
  ) {}
}

/** The methods of an object that take one argument at most and give a promise. */
export type Callable = { readonly [method: string]: (argument: never) => Promise<unknown> };

/** Answers the calls that arrive at a port. */
export function serveCalls(port: MessagePort, target: Callable): void {
  port.on('message', ({ call, method, argument }: Call) => {
    void answer(call, target[method], argument).then(({ value, buffers }) => port.postMessage(value, [...buffers]));
  });
}

async function answer(call: number, method: Callable[string] | undefined, argument: unknown): Promise<HandedOver> {
  try {
    if (method === undefined) throw new Error('no such method');
    const result = await method(argument as never);
    const { value, buffers } = result instanceof HandedOver ? result : new HandedOver(result, []);
    return new HandedOver({ call, value } satisfies Return, buffers);
  } catch (error) {
    return new HandedOver(refusal(call, error), []);
  }
}

function refusal(call: number, error: unknown): Return {
  if (error instanceof Problem) return { call, problem: sendProblem(error) };
  return { call, failure: error instanceof Error ? (error.stack ?? error.message) : String(error) };
}

/** Where calls are sent and messages arrive: a worker, or a port. */
export interface Peer {
  postMessage(message: unknown): void;
  on(event: 'message', listener: (message: Return) => void): unknown;
}

/** Calls the methods of an object in another thread. */
export class ThreadCaller {
  private readonly pending = new Map<number, { resolve(value: unknown): void; reject(error: Error): void }>();
  private calls = 0;
  private lost: Error | undefined;

  constructor(private readonly peer: Peer) {
    peer.on('message', (result) => this.settle(result));
  }

  call<Value>(method: string, argument?: unknown): Promise<Value> {
    return new Promise<unknown>((resolve, reject) => {
      if (this.lost !== undefined) return reject(this.lost);
      this.calls += 1;
      this.pending.set(this.calls, { resolve, reject });
      this.peer.postMessage({ call: this.calls, method, argument } satisfies Call);
    }) as Promise<Value>;
  }

  /** Fails every call under way and to come: the other thread is no more. */
  fail(error: Error): void {
    this.lost = error;
    for (const { reject } of this.pending.values()) reject(error);
    this.pending.clear();
  }

  private settle(result: Return): void {
    const waiting = this.pending.get(result.call);
    this.pending.delete(result.call);
    if ('value' in result) waiting?.resolve(result.value);
    else waiting?.reject('problem' in result ? receiveProblem(result.problem) : new Error(result.failure));
  }
}
