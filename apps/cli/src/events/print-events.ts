import { once } from 'node:events';
import type { ApiClient } from '../api-client/api-client.js';
import type { EventFilter } from '../api-client/event-stream.js';

export interface WantedEvents {
  /** Position behind which the events are. */
  readonly after: string;
  readonly filter: EventFilter;
}

/** Prints the events that there are, one JSON object a line, and gives the position of the last. */
export async function printPastEvents(
  client: ApiClient,
  wanted: WantedEvents,
  out: NodeJS.WriteStream,
): Promise<string> {
  for (let position = wanted.after; ; ) {
    const { items, nextPosition } = await client.eventsAfter(position, wanted.filter);
    for (const item of items) await printLine(out, JSON.stringify(item));
    // A page may have no event of the wanted type and still not be the last.
    if (nextPosition === position) return position;
    position = nextPosition;
  }
}

/** Prints events as they happen, for ever. */
export async function printNewEvents(client: ApiClient, wanted: WantedEvents, out: NodeJS.WriteStream): Promise<void> {
  for await (const { json } of client.follow(wanted.after, wanted.filter)) await printLine(out, json);
}

async function printLine(out: NodeJS.WriteStream, line: string): Promise<void> {
  if (!out.write(`${line}\n`)) await once(out, 'drain');
}
