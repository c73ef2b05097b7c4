import { type PublicEvent, toPublicEvent } from '@sillage/contracts';
import {
  categoryOf,
  evolveRecord,
  foldRecord,
  type RecordState,
  type RecordType,
  type StoredEvent,
  type Streams,
} from '@sillage/kernel';
import { LRUCache } from 'lru-cache';

/** Records that changed lately are likely to change again; some 2 MB. */
const MOST_REMEMBERED = 1_000;

/** Where events come from whose public forms are made. */
export interface PublishedStreams extends Pick<Streams, 'read'> {
  /** Calls back with each stream in which something is erased: its events are no longer what they were. */
  onErased?(listener: (stream: string) => void): void;
}

/**
 * Turns stored events into their public form, which tells the whole record after the change: so it folds along, and
 * reads a stream where it meets a record in the middle of its life. Events that are nobody's business are left out.
 */
export class Publisher {
  private readonly types: ReadonlyMap<string, RecordType>;
  private readonly states = new LRUCache<string, RecordState>({ max: MOST_REMEMBERED });

  constructor(
    types: readonly RecordType[],
    private readonly streams: PublishedStreams,
  ) {
    this.types = new Map(types.map((type) => [type.name, type]));
    streams.onErased?.((stream) => this.states.delete(stream));
  }

  /** Whether the events of a stream have a public form. */
  isPublic(stream: string): boolean {
    return this.types.has(categoryOf(stream));
  }

  /** The public events among stored ones, in the same order. */
  async publish(events: readonly StoredEvent[]): Promise<readonly PublicEvent[]> {
    const published: PublicEvent[] = [];
    for (const event of events) {
      const type = this.types.get(categoryOf(event.stream));
      if (type === undefined) continue;
      const before = event.revision === 0 ? undefined : await this.stateBefore(type, event);
      const after = evolveRecord(type, before, event);
      this.states.set(event.stream, after);
      published.push(toPublicEvent(type, before, after, event));
    }
    return published;
  }

  private async stateBefore(type: RecordType, { stream, revision }: StoredEvent): Promise<RecordState | undefined> {
    const remembered = this.states.get(stream);
    if (remembered?.revision === revision - 1) return remembered;
    const events = await this.streams.read(stream);
    return foldRecord(
      type,
      events.filter((event) => event.revision < revision),
    );
  }
}
