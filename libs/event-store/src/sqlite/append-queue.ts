import type { Worker } from 'node:worker_threads';
import {
  type Appended,
  type NewEvent,
  OutcomeUnknown,
  requireAppendable,
  StoreUnavailable,
  WrongExpectedRevision,
} from '@sillage/kernel';
import {
  type EncodedAppend,
  encodeAppend,
  type GroupReply,
  REFUSED,
  sizeOf,
  type WriterRequest,
} from './writer-messages.js';

interface WaitingAppend {
  readonly stream: string;
  readonly expected: number;
  /** That the stream is at when the append succeeds. */
  readonly revision: number;
  readonly resolve: (appended: Appended) => void;
  readonly reject: (error: Error) => void;
}

/**
 * The callers' side of the writer's thread. The appends of one turn of the event loop go over as one message; replies
 * come in the order of the appends, so neither carries a number.
 */
export class AppendQueue {
  readonly #worker: Worker;
  readonly #ended: Promise<void>;
  /** Sent or not, oldest first. */
  readonly #waiting: WaitingAppend[] = [];
  #unsent: EncodedAppend[] = [];
  #unavailable: string | undefined;

  /**
   * Takes a writer that has opened its file, see `startWriter`.
   * @param onLoss Called when the writer has ended by itself.
   */
  constructor(worker: Worker, onLoss: (error: Error) => void = () => {}) {
    this.#worker = worker;
    let failure: unknown = new Error('the writer thread ended');
    worker.on('error', (error) => {
      failure = error;
    });
    worker.on('message', (reply: GroupReply) => this.#settle(reply));
    this.#ended = new Promise((resolve) => {
      worker.on('exit', () => {
        const isLoss = this.#unavailable === undefined;
        this.#unavailable ??= 'its writer was lost';
        this.#unsent = [];
        for (const { reject } of this.#waiting.splice(0)) reject(new OutcomeUnknown(failure));
        if (isLoss) onLoss(new Error('the writer of the event store was lost', { cause: failure }));
        resolve();
      });
    });
    worker.unref();
  }

  /** See `Streams.append`. */
  append(stream: string, expected: number, events: readonly NewEvent[]): Promise<Appended> {
    return new Promise((resolve, reject) => {
      if (this.#unavailable) throw new StoreUnavailable(this.#unavailable);
      if (events.length === 0) throw new RangeError('an append needs at least one event');
      const append = encodeAppend(stream, expected, events);
      requireAppendable(sizeOf(append));
      if (this.#waiting.length === 0) this.#worker.ref();
      this.#waiting.push({ stream, expected, revision: expected + events.length, resolve, reject });
      if (this.#unsent.push(append) === 1) setImmediate(() => this.#send());
    });
  }

  /** Waits for the appends under way, then for the writer to close its file. Later appends are refused. */
  async close(): Promise<void> {
    this.#unavailable ??= 'it was closed';
    this.#worker.ref();
    this.#send();
    this.#post({ kind: 'close' });
    await this.#ended;
  }

  #send(): void {
    if (this.#unsent.length === 0) return;
    this.#post({ kind: 'append', appends: this.#unsent });
    this.#unsent = [];
  }

  #post(request: WriterRequest): void {
    this.#worker.postMessage(request);
  }

  #settle(reply: GroupReply): void {
    if (reply.kind === 'committed') {
      for (const position of reply.positions) this.#answer(position);
    } else {
      for (const { reject } of this.#waiting.splice(0, reply.appends)) reject(failureOf(reply));
    }
    // An idle writer is no reason for a process to go on; one that is closing still has to say so.
    if (this.#waiting.length === 0 && !this.#unavailable) this.#worker.unref();
  }

  #answer(position: number): void {
    const append = this.#waiting.shift();
    if (position === REFUSED) append?.reject(new WrongExpectedRevision(append.stream, append.expected));
    else append?.resolve({ revision: append.revision, position });
  }
}

function failureOf({ outcome, reason }: Extract<GroupReply, { readonly kind: 'failed' }>): Error {
  return outcome === 'unknown' ? new OutcomeUnknown(new Error(reason)) : new StoreUnavailable(reason);
}
