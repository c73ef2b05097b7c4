import type { ReadReq } from '@eventstore/db-client/generated/streams_pb.js';
import type { StoredEvent } from '@sillage/kernel';
import { BEGINNING, type ReadAllOptions } from '../event-store.js';
import type { Connection } from './connection.js';
import { InvalidPosition, readFailure } from './failures.js';
import { unlessAborted } from './patience.js';
import { beginRead, type ReadBuffer } from './read-buffer.js';
import { readBackwards, readOfLastInStream, readOfStream, type StreamFilter, subscription } from './read-requests.js';
import type { RecordedEvent } from './read-response.js';
import { toStoredEvent } from './recorded-event.js';

export interface LogReaderOptions {
  /** What the names of all streams begin with on the server. */
  readonly prefix: string;
  /** How long the server may be silent during a read, in milliseconds. */
  readonly timeout: number;
  /** Ends every read. */
  readonly closing: AbortSignal;
}

/** How long the server may search backwards for the last event with the prefix, among those of others; milliseconds. */
const SEARCH_TIME = 30_000;

/** How long the server has to say that it is there, in milliseconds. */
const HEALTH_TIME = 2_000;

/** Reads streams and pages of the log. Each method throws StoreUnavailable when it is not answered in time. */
export class LogReader {
  readonly #connection: Connection;
  readonly #options: LogReaderOptions;

  constructor(connection: Connection, options: LogReaderOptions) {
    this.#connection = connection;
    this.#options = options;
  }

  /** See `Streams.read`. */
  async readStream(stream: string, from: number): Promise<StoredEvent[]> {
    const { prefix, timeout } = this.#options;
    const signal = this.#within(timeout);
    return this.#read(readOfStream(prefix + stream, from), signal, async (buffer) => {
      const events: StoredEvent[] = [];
      while (!buffer.hasEnded) {
        await unlessAborted(buffer.heard(), signal);
        events.push(...buffer.take(Number.POSITIVE_INFINITY).map((recorded) => toStoredEvent(recorded, prefix)));
      }
      return events;
    });
  }

  /** See `EventLog.readLast`. */
  async readLast(stream: string): Promise<StoredEvent | undefined> {
    const { prefix } = this.#options;
    const last = await this.lastIn(prefix + stream);
    return last && toStoredEvent(last, prefix);
  }

  /** The last event of a stream, by its name on the server. */
  async lastIn(name: string): Promise<RecordedEvent | undefined> {
    const [last] = await this.#first(readOfLastInStream(name), this.#within(this.#options.timeout));
    return last;
  }

  /** The position of an event of a stream, by the stream's name on the server, which says that it has it. */
  async positionIn(name: string, revision: number, signal: AbortSignal): Promise<number> {
    const [event] = await this.#first(readOfStream(name, revision), signal);
    if (!event) throw new Error(`the server has not found revision ${revision} of ${name}, which it says it has`);
    return event.position;
  }

  /** The stream in which the server keeps what is set for a stream (`SystemStreams.MetastreamOf`). */
  metastreamOf(stream: string): string {
    return `$$${this.#options.prefix}${stream}`;
  }

  /**
   * See `EventLog.readAll`. Reads by a subscription that is ended where it has caught up: unlike a read, it says that it
   * is still searching, so that a tenant's few events may lie behind any number of others.
   */
  async readAll(options: ReadAllOptions): Promise<StoredEvent[]> {
    const { after } = options;
    try {
      return await this.#readPage(options, after);
    } catch (error) {
      if (!(error instanceof InvalidPosition)) throw error;
      return this.#readPage(options, await this.placeBefore(after));
    }
  }

  async #readPage({ after, limit, tenant }: ReadAllOptions, place: number): Promise<StoredEvent[]> {
    const { prefix, timeout } = this.#options;
    const filter = tenant === undefined ? { prefix } : filterOfTenant(prefix, tenant);
    return this.#read(subscription(place, filter), this.#within(timeout), async (buffer) => {
      const found: StoredEvent[] = [];
      while (found.length < limit && !buffer.isCaughtUp) {
        try {
          await unlessAborted(buffer.heard(), this.#within(timeout));
          if (buffer.hasEnded) throw new Error('the server ended the read');
        } catch (error) {
          // A page may be short, as long as it is not empty: the next one will tell.
          if (found.length > 0) return found;
          throw error;
        }
        for (const recorded of buffer.take(limit - found.length)) {
          const event = toStoredEvent(recorded, prefix);
          const isWanted = tenant === undefined || event.metadata.tenant === tenant;
          if (isWanted && event.position > after) found.push(event);
        }
      }
      return found;
    });
  }

  /** See `EventLog.head`. */
  async head(): Promise<number> {
    const { prefix } = this.#options;
    const [last] = await this.#first(readBackwards(1, { prefix }), this.#within(SEARCH_TIME));
    return last?.position ?? BEGINNING;
  }

  /**
   * The position of the last event of our own that is not behind the given one, for the server to begin at; `BEGINNING`
   * when there is none. It searches from the nearer end, so for half of the log at most.
   */
  async placeBefore(position: number): Promise<number> {
    const head = await this.head();
    if (position >= head) return head;
    return position > head / 2 ? this.#searchBackwards(position) : this.#searchForwards(position);
  }

  #searchBackwards(position: number): Promise<number> {
    const request = readBackwards(Number.MAX_SAFE_INTEGER, { prefix: this.#options.prefix });
    return this.#read(request, this.#within(SEARCH_TIME), async (buffer) => {
      while (!buffer.hasEnded) {
        await unlessAborted(buffer.heard(), this.#within(SEARCH_TIME));
        const before = buffer.take(Number.POSITIVE_INFINITY).find((event) => event.position <= position);
        if (before) return before.position;
      }
      return BEGINNING;
    });
  }

  #searchForwards(position: number): Promise<number> {
    const { prefix, timeout } = this.#options;
    return this.#read(subscription(BEGINNING, { prefix }), this.#within(timeout), async (buffer) => {
      for (let place = BEGINNING; ; ) {
        await unlessAborted(buffer.heard(), this.#within(timeout));
        if (buffer.hasEnded) throw new Error('the server ended the read');
        const events = buffer.take(Number.POSITIVE_INFINITY);
        const before = events.findLast((event) => event.position <= position);
        place = before?.position ?? place;
        if (buffer.isCaughtUp || before !== events.at(-1)) return place;
      }
    });
  }

  /** Settles when the server can read its log. */
  async requireReachable(): Promise<void> {
    await this.#first(readBackwards(1), this.#within(HEALTH_TIME));
  }

  /** The first event of a read, if there is one. */
  #first(request: ReadReq, signal: AbortSignal): Promise<readonly RecordedEvent[]> {
    return this.#read(request, signal, async (buffer) => {
      await unlessAborted(buffer.heard(), signal);
      return buffer.take(1);
    });
  }

  async #read<Result>(
    request: ReadReq,
    signal: AbortSignal,
    consume: (buffer: ReadBuffer) => Promise<Result>,
  ): Promise<Result> {
    let buffer: ReadBuffer | undefined;
    try {
      buffer = await beginRead(this.#connection, request, signal);
      return await consume(buffer);
    } catch (error) {
      throw readFailure(error);
    } finally {
      buffer?.cancel();
    }
  }

  #within(milliseconds: number): AbortSignal {
    return AbortSignal.any([AbortSignal.timeout(milliseconds), this.#options.closing]);
  }
}

/** The streams of a tenant, which are named `<category>-<tenant>.<…>` (`recordStream` and `ExternalIds` of the kernel). */
function filterOfTenant(prefix: string, tenant: string): StreamFilter {
  return { regex: `^${escaped(prefix)}[^-]+-${escaped(tenant)}\\.` };
}

/** As a literal of a regular expression of .NET (and of JavaScript). */
function escaped(text: string): string {
  return text.replace(/[^A-Za-z0-9]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);
}
