import type { Readable } from 'node:stream';
import type { ReadReq } from '@eventstore/db-client/generated/streams_pb.js';
import type { Connection, ReadCall } from './connection.js';
import { unlessAborted } from './patience.js';
import type { ReadResponse, RecordedEvent } from './read-response.js';

/** How many events and bytes wait for their consumer before no more are taken from the server. */
const FULL = { events: 1_000, bytes: 8 * 1024 * 1024 };

/** A batch ends behind this many bytes of JSON, so that large events do not fill the memory. */
const FULL_BATCH = 4 * 1024 * 1024;

/**
 * Begins a read, unless the signal ends the wait for a connection.
 * @throws the signal's reason, or why there is no connection.
 */
export async function beginRead(connection: Connection, request: ReadReq, signal: AbortSignal): Promise<ReadBuffer> {
  const call = connection.read(request);
  try {
    return new ReadBuffer(await unlessAborted(call, signal));
  } catch (error) {
    call.then(
      (late) => late.cancel(),
      () => {},
    );
    throw error;
  }
}

/** What is needed of a call. */
type ReadSource = Pick<ReadCall, 'cancel'> & Pick<Readable, 'on' | 'pause' | 'resume'>;

/** What a read has brought so far, for a consumer that takes it at its own pace. */
export class ReadBuffer {
  readonly #call: ReadSource;
  #events: RecordedEvent[] = [];
  #bytes = 0;
  #isCaughtUp = false;
  #heard = Promise.withResolvers<void>();
  #end: { readonly error: Error | undefined } | undefined;

  constructor(call: ReadSource) {
    this.#call = call;
    call.on('data', (response: ReadResponse) => this.#receive(response));
    call.on('error', (error) => this.#finish(error));
    call.on('end', () => this.#finish(undefined));
  }

  /** Everything that was stored when the read began was given out. */
  get isCaughtUp(): boolean {
    return this.#isCaughtUp && this.#events.length === 0;
  }

  /** Everything was given out and nothing more will come. A call that failed has not ended: see `heard`. */
  get hasEnded(): boolean {
    return this.#end !== undefined && this.#end.error === undefined && this.#events.length === 0;
  }

  /** The events at hand, but not more than so many; perhaps none. */
  take(most: number): readonly RecordedEvent[] {
    let bytes = 0;
    let count = 0;
    for (const event of this.#events) {
      if (count === most || bytes >= FULL_BATCH) break;
      count += 1;
      bytes += sizeOf(event);
    }
    this.#bytes -= bytes;
    const taken = this.#events.slice(0, count);
    this.#events = this.#events.slice(count);
    if (!this.#isFull) this.#call.resume();
    return taken;
  }

  /**
   * Settles when something has come since the last time, be it only word that the server is still searching.
   * @throws why the call failed, when there is nothing left to take.
   */
  async heard(): Promise<void> {
    if (this.#events.length === 0 && !this.#end) {
      await this.#heard.promise;
      this.#heard = Promise.withResolvers();
    }
    if (this.#events.length === 0 && this.#end?.error) throw this.#end.error;
  }

  cancel(): void {
    this.#call.cancel();
  }

  get #isFull(): boolean {
    return this.#events.length >= FULL.events || this.#bytes >= FULL.bytes;
  }

  #receive(response: ReadResponse): void {
    switch (response.kind) {
      case 'event':
        this.#events.push(response.event);
        this.#bytes += sizeOf(response.event);
        if (this.#isFull) this.#call.pause();
        break;
      case 'caught-up':
        this.#isCaughtUp = true;
        break;
      case 'alive':
        break;
      default:
        response satisfies never;
    }
    this.#heard.resolve();
  }

  #finish(error: Error | undefined): void {
    this.#end ??= { error };
    this.#heard.resolve();
  }
}

/** In bytes, of an event's JSON. */
function sizeOf({ data, metadata }: RecordedEvent): number {
  return data.length + metadata.length;
}
