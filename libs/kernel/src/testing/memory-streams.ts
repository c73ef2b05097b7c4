import type { NewEvent, StoredEvent } from '../events.js';
import { type Appended, OutcomeUnknown, requireAppendable, type Streams, WrongExpectedRevision } from '../streams.js';

/** What may go wrong with the next append: `lost-answer` stores and does not say so, `lost-request` does not store. */
export type AppendFailure = 'lost-answer' | 'lost-request';

/** Streams in memory, for specs; keeps the whole contract, and fails on demand. */
export class MemoryStreams implements Streams {
  readonly log: StoredEvent[] = [];
  readonly failures: AppendFailure[] = [];
  private readonly streams = new Map<string, StoredEvent[]>();

  async read(stream: string, from = 0): Promise<readonly StoredEvent[]> {
    return (this.streams.get(stream) ?? []).slice(from);
  }

  async append(stream: string, expected: number, events: readonly NewEvent[]): Promise<Appended> {
    // A turn of the event loop passes before the store decides, so that concurrent commands do interleave.
    await Promise.resolve();
    const failure = this.failures.shift();
    if (failure === 'lost-request') throw new OutcomeUnknown(failure);
    const appended = this.store(stream, expected, events);
    if (failure === 'lost-answer') throw new OutcomeUnknown(failure);
    return appended;
  }

  private store(stream: string, expected: number, events: readonly NewEvent[]): Appended {
    const json = events.map(({ data, metadata }) => JSON.stringify(data) + JSON.stringify(metadata));
    requireAppendable(Buffer.byteLength(json.join('')));
    const before = this.streams.get(stream) ?? [];
    const repeated = before.slice(expected + 1, expected + 1 + events.length);
    const isRepeat = repeated.length === events.length && repeated.every(({ id }, index) => id === events[index]?.id);
    if (isRepeat) return lastOf(repeated);
    if (before.length - 1 !== expected) throw new WrongExpectedRevision(stream, expected);
    const stored = events.map((event, index) => ({
      ...(structuredClone(event) as NewEvent),
      stream,
      revision: before.length + index,
      position: this.log.length + index + 1,
    }));
    this.streams.set(stream, [...before, ...stored]);
    this.log.push(...stored);
    return lastOf(stored);
  }
}

function lastOf(events: readonly StoredEvent[]): Appended {
  const { revision, position } = events.at(-1) as StoredEvent;
  return { revision, position };
}
