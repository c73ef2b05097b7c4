import type { EventLog, ReadAllOptions, SubscribeOptions } from '@sillage/event-store';
import type { StoredEvent, Streams } from '@sillage/kernel';
import type { KeyRing } from '../keys/key-ring.js';
import type { PersonalTypes } from './personal-types.js';
import { keyOf, unseal } from './sealing.js';

/** What can be read of an event store. */
export type ReadableStore = EventLog & Pick<Streams, 'read'>;

/** Reads an event store whose events are sealed: gives what they said of persons, as long as these are not forgotten. */
export class UnsealedLog implements ReadableStore {
  constructor(
    private readonly stored: ReadableStore,
    protected readonly types: PersonalTypes,
    protected readonly ring: KeyRing,
  ) {}

  async read(stream: string, from?: number): Promise<readonly StoredEvent[]> {
    return this.unsealed(await this.stored.read(stream, from));
  }

  async readLast(stream: string): Promise<StoredEvent | undefined> {
    const last = await this.stored.readLast(stream);
    return last && (await this.unsealed([last]))[0];
  }

  async readAll(options: ReadAllOptions): Promise<readonly StoredEvent[]> {
    return this.unsealed(await this.stored.readAll(options));
  }

  async *subscribe(options: SubscribeOptions): AsyncIterable<readonly StoredEvent[]> {
    for await (const batch of this.stored.subscribe(options)) yield await this.unsealed(batch);
  }

  head(): Promise<number> {
    return this.stored.head();
  }

  /** Calls back with each stream in which something was made unreadable. */
  onErased(listener: (stream: string) => void): void {
    this.ring.onErased(listener);
  }

  protected async unsealed(events: readonly StoredEvent[]): Promise<readonly StoredEvent[]> {
    // Before the keys are looked for: also what a reader remembers of former events may be of somebody forgotten.
    await this.ring.notice();
    const wanted = new Map<string, Set<string>>();
    for (const event of events) {
      const id = keyOf(event);
      if (id === undefined) continue;
      const { tenant } = event.metadata;
      wanted.set(tenant, (wanted.get(tenant) ?? new Set()).add(id));
    }
    if (wanted.size === 0) return events;
    const opened = await Promise.all([...wanted].map(([tenant, ids]) => this.ring.open(tenant, ids)));
    const keys = new Map(opened.flatMap((of) => [...of]));
    return events.map((event) => {
      const key = keys.get(keyOf(event) ?? '');
      return key === undefined ? event : unseal(event, key, this.types.of(event.stream)?.fields ?? []);
    });
  }
}
