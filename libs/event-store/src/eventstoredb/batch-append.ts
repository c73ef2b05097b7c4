import { randomUUID } from 'node:crypto';
import shared from '@eventstore/db-client/generated/shared_pb.js';
import streams from '@eventstore/db-client/generated/streams_pb.js';
import { NO_STREAM } from '@sillage/kernel';
import empty from 'google-protobuf/google/protobuf/empty_pb.js';
import type { BatchAppendCall, Connection } from './connection.js';
import { unlessAborted } from './patience.js';

export interface Append {
  /** The name on the server. */
  readonly stream: string;
  readonly expected: number;
  readonly messages: readonly streams.BatchAppendReq.ProposedMessage[];
}

/** An append of a call that ended before the server answered it. */
export class CallEnded extends Error {
  constructor(cause: Error) {
    super(`the call ended: ${cause.message}`, { cause });
    this.name = 'CallEnded';
  }
}

/**
 * Many appends over one call of the server's `BatchAppend`, each answered by itself. Not the client's own
 * `appendToStream`: it keeps the pending appends of all clients in one table, which the failure of any call empties.
 */
export class BatchAppend {
  readonly #connection: Connection;
  #call: Promise<OpenCall> | undefined;

  constructor(connection: Connection) {
    this.#connection = connection;
  }

  /**
   * Gives the server's answer to this append, be it a refusal. A server that is frozen never answers, hence the signal.
   * @throws CallEnded when the answer cannot come any more, the signal's reason, or why there was no connection.
   */
  async append(append: Append, signal: AbortSignal): Promise<streams.BatchAppendResp> {
    const call = await unlessAborted(this.#openCall(), signal);
    return call.append(append, signal);
  }

  #openCall(): Promise<OpenCall> {
    if (this.#call) return this.#call;
    const opening = this.#connection.batchAppend().then((call) => new OpenCall(call, () => this.#forget(opening)));
    opening.catch(() => this.#forget(opening));
    this.#call = opening;
    return opening;
  }

  #forget(call: Promise<OpenCall>): void {
    if (this.#call === call) this.#call = undefined;
  }
}

interface Waiting {
  readonly resolve: (answer: streams.BatchAppendResp) => void;
  readonly reject: (error: CallEnded) => void;
}

class OpenCall {
  readonly #call: BatchAppendCall;
  readonly #waiting = new Map<string, Waiting>();
  #ended: CallEnded | undefined;

  constructor(call: BatchAppendCall, onEnd: () => void) {
    this.#call = call;
    const end = (cause: Error) => {
      onEnd();
      this.#ended = new CallEnded(cause);
      for (const { reject } of this.#waiting.values()) reject(this.#ended);
    };
    call.on('data', (answer: streams.BatchAppendResp) => this.#settle(answer));
    call.on('error', end);
    call.on('end', () => end(new Error('the server ended it')));
  }

  async append(append: Append, signal: AbortSignal): Promise<streams.BatchAppendResp> {
    if (this.#ended) throw this.#ended;
    const id = randomUUID();
    const { promise, resolve, reject } = Promise.withResolvers<streams.BatchAppendResp>();
    this.#waiting.set(id, { resolve, reject });
    try {
      this.#call.write(toRequest(id, append));
      return await unlessAborted(promise, signal);
    } finally {
      this.#waiting.delete(id);
    }
  }

  /** An answer to one who has given up is nobody's. */
  #settle(answer: streams.BatchAppendResp): void {
    this.#waiting.get(answer.getCorrelationId()?.getString() ?? '')?.resolve(answer);
  }
}

/** In one message: the most that a server appends fits into one. Without a deadline, which would be its clock's. */
function toRequest(id: string, { stream, expected, messages }: Append): streams.BatchAppendReq {
  const options = new streams.BatchAppendReq.Options();
  options.setStreamIdentifier(new shared.StreamIdentifier().setStreamName(Buffer.from(stream)));
  if (expected === NO_STREAM) options.setNoStream(new empty.Empty());
  else options.setStreamPosition(String(expected));
  return new streams.BatchAppendReq()
    .setCorrelationId(new shared.UUID().setString(id))
    .setOptions(options)
    .setProposedMessagesList([...messages])
    .setIsFinal(true);
}
