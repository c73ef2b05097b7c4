import type { PublicEvent } from '@sillage/contracts';
import type { EventFeed, FeedBatch, FeedOptions } from '@sillage/event-feed';
import type { JsonObject } from '@sillage/kernel';
import fc from 'fast-check';

/** Changes of a record as a specification writes them: null clears a field. */
type Changes = JsonObject;

/** A log in memory that makes public events out of what happens to records, as the write side would. */
export class TestLog {
  readonly events: PublicEvent[] = [];
  private readonly records = new Map<string, JsonObject>();

  constructor(private position = 0) {}

  /** The next event of a record: begins it, or changes what it was. Gives the position. */
  tell(subject: string, changes: Changes, { tenant = 'acme', at }: { tenant?: string; at?: string } = {}): number {
    // Positions of a store grow with gaps.
    this.position += 3;
    const time = at ?? new Date(Date.UTC(2026, 0, 1) + this.position * 1_000).toISOString();
    const [type = '', id = ''] = subject.split('/');
    const before = this.records.get(`${tenant}/${subject}`);
    const revision = before === undefined ? 0 : Number(before.revision) + 1;
    const merged = {
      createdAt: time,
      createdBy: 'ada',
      ...before,
      ...changes,
      id,
      revision,
      updatedAt: time,
      updatedBy: 'ada',
    };
    const record = Object.fromEntries(Object.entries(merged).filter(([, value]) => value !== null));
    this.records.set(`${tenant}/${subject}`, record);
    this.events.push(publicEvent({ tenant, subject, type, time, position: this.position, revision, record }));
    return this.position;
  }

  /** An event that tells something else than a record, or a broken one. */
  tellBroken(subject: string, record: JsonObject | null, tenant = 'acme'): number {
    this.position += 3;
    const [type = ''] = subject.split('/');
    const time = new Date(Date.UTC(2026, 0, 1)).toISOString();
    const revision = Number(record?.revision ?? 0);
    this.events.push(publicEvent({ tenant, subject, type, time, position: this.position, revision, record }));
    return this.position;
  }

  /** What a counterexample is printed as. */
  [fc.toStringMethod](): string {
    const lines = this.events.map(
      ({ position, tenant, data }) => `${position} ${tenant} ${JSON.stringify(data.record)}`,
    );
    return lines.join('\n');
  }

  /** The records as they are. */
  all(type: string, tenant = 'acme'): readonly JsonObject[] {
    return [...this.records].filter(([key]) => key.startsWith(`${tenant}/${type}/`)).map(([, record]) => record);
  }

  /** Everything, in batches of this size. */
  batches(size: number): readonly FeedBatch[] {
    const batches: FeedBatch[] = [];
    for (let start = 0; start < this.events.length; start += size) {
      const events = this.events.slice(start, start + size);
      batches.push({ events, position: events.at(-1)?.position ?? 0 });
    }
    return batches;
  }
}

interface Told {
  readonly tenant: string;
  readonly subject: string;
  readonly type: string;
  readonly time: string;
  readonly position: number;
  readonly revision: number;
  readonly record: JsonObject | null;
}

function publicEvent({ tenant, subject, type, time, position, revision, record }: Told): PublicEvent {
  return {
    specversion: '1.0',
    id: `event-${position}`,
    source: `/v1/${type}`,
    type: `sillage.${type}.changed.v1`,
    subject,
    time,
    datacontenttype: 'application/json',
    data: { record: record as JsonObject, changes: [] },
    tenant,
    position,
    revision,
    correlationid: 'c',
    causationid: 'c',
    actor: 'ada',
  };
}

/** Feeds what a log holds, in batches of this size, then waits for the end. */
export class TestFeed implements EventFeed {
  constructor(
    private readonly log: TestLog,
    private readonly size = 10,
  ) {}

  async *follow({ after, signal }: FeedOptions): AsyncIterable<FeedBatch> {
    for (const { events, position } of this.log.batches(this.size)) {
      if (position > after) yield { events, position };
      if (signal.aborted) return;
    }
    if (!signal.aborted) await new Promise((resolve) => signal.addEventListener('abort', resolve, { once: true }));
  }

  async head(): Promise<number> {
    return this.log.events.at(-1)?.position ?? 0;
  }
}
