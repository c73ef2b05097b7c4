import { isDeepStrictEqual } from 'node:util';
import type { EventLog } from '@sillage/event-store';
import type { StoredEvent } from '@sillage/kernel';
import { type ArchivedEvent, archived } from '../archive/archived-event.js';

/** How far two logs are the same, from where they are compared on. */
export interface Comparison {
  /** Events of the archive that the store has, in the same order and with nothing else of their tenants among them. */
  readonly same: number;
  /** Of the last of these in the store; where the comparison began if there is none. */
  readonly position: number;
  /** The event that the store has where the archive goes on with another one. */
  readonly stranger?: StoredEvent;
}

export interface Compared {
  readonly log: EventLog;
  /** The store is compared from behind this position on. */
  readonly after: number;
  /** Whose events are compared: those of others are no concern of the archive. */
  readonly tenants: ReadonlySet<string>;
  readonly expected: AsyncIterable<readonly ArchivedEvent[]>;
  readonly signal: AbortSignal;
}

const PAGE = 500;

/** Compares what a store has of some tenants with what it is to have, until either ends or they differ. */
export async function compare({ log, after, tenants, expected, signal }: Compared): Promise<Comparison> {
  const stored = eventsOf(log, after, tenants);
  let [same, position] = [0, after];
  for await (const events of expected) {
    signal.throwIfAborted();
    for (const event of events) {
      const { value } = await stored.next();
      if (value === undefined) return { same, position };
      if (!isDeepStrictEqual(archived(value), event)) return { same, position, stranger: value };
      same += 1;
      position = value.position;
    }
  }
  return { same, position };
}

async function* eventsOf(
  log: EventLog,
  after: number,
  tenants: ReadonlySet<string>,
): AsyncGenerator<StoredEvent, undefined> {
  for (let position = after; ; ) {
    const page = await log.readAll({ after: position, limit: PAGE });
    const last = page.at(-1);
    if (last === undefined) return undefined;
    yield* page.filter(({ metadata }) => tenants.has(metadata.tenant));
    position = last.position;
  }
}
