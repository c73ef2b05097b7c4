import type { EventStore } from '@sillage/event-store';
import { newId, Records, type Streams } from '@sillage/kernel';
import { note } from '@sillage/kernel/testing';
import type { EventFeed } from '../event-feed.js';

/** A feed of notes, and the store that it feeds from. It may already hold events of others. */
export interface FeedUnderTest {
  readonly store: EventStore;
  /** Gives this tenant's events, and maybe others'. */
  feedOf(tenant: string): Promise<EventFeed>;
  close(): Promise<void>;
}

export type OpenFeedUnderTest = () => Promise<FeedUnderTest>;

export function aTenant(): string {
  return `t${newId().replaceAll('-', '')}`;
}

interface Told {
  readonly id: string;
  /** Of the event. */
  readonly position: number;
}

/** What happens to a tenant's notes. */
export class Notes {
  private readonly records: Records;

  constructor(
    streams: Streams,
    readonly tenant: string,
  ) {
    const directory = { missing: async () => [], pipeline: async () => undefined };
    this.records = new Records(note, { streams, directory, now: () => Date.parse('2026-03-01T09:00:00Z') });
  }

  /** One event; with an external id a second one before it, which is nobody's business. */
  async create(fields: { readonly title: string; readonly externalId?: string }): Promise<Told> {
    const id = newId();
    const { position } = await this.records.create(this.context(), { id, commandId: newId(), fields });
    return { id, position };
  }

  /** One event. */
  async rename(id: string, title: string): Promise<Told> {
    const command = { id, commandId: newId(), patch: { title }, expected: 'any' } as const;
    const { position } = await this.records.change(this.context(), command);
    return { id, position };
  }

  private context() {
    return { tenant: this.tenant, actor: 'ann', correlationId: newId(), deadline: Number.MAX_SAFE_INTEGER };
  }
}
