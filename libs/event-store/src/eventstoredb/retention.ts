import { NO_STREAM, newId, WrongExpectedRevision } from '@sillage/kernel';
import type { Appender } from './appender.js';
import type { LogReader } from './log-reader.js';
import { toMetadataMessage } from './recorded-event.js';

const utf8 = new TextDecoder();

/** What is set for a stream: names with a dollar are the server's, others whoever's. */
type StreamMetadata = { readonly [name: string]: unknown };

/** How many events of a stream the server keeps: by what is set for the stream, an event in a stream beside it. */
export class Retention {
  readonly #appender: Appender;
  readonly #reader: LogReader;

  constructor(appender: Appender, reader: LogReader) {
    this.#appender = appender;
    this.#reader = reader;
  }

  /** See `EventStore.keepLast`. Reads of the stream give no more from now on; a scavenge takes the rest from the log. */
  async keepLast(stream: string, count: number): Promise<void> {
    const name = this.#reader.metastreamOf(stream);
    const last = await this.#reader.lastIn(name);
    const before: StreamMetadata = last ? JSON.parse(utf8.decode(last.data)) : {};
    if (before.$maxCount === count) return;
    const messages = [toMetadataMessage(newId(), { ...before, $maxCount: count })];
    try {
      await this.#appender.appendTo(name, { stream: name, expected: last?.revision ?? NO_STREAM, messages });
    } catch (error) {
      // Somebody was faster: look what was set.
      if (!(error instanceof WrongExpectedRevision)) throw error;
      await this.keepLast(stream, count);
    }
  }
}
