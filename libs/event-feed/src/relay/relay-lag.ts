import type { EventLog } from '@sillage/event-store';
import type { Publisher } from '../publisher.js';

/** How far the topic is behind the store. */
export interface RelayLag {
  /** Events that wait: counted up to some hundreds, beyond that by the mean distance between those relayed so far. */
  readonly events: number;
  /** Age of the oldest of them, in seconds. */
  readonly seconds: number;
}

export interface Relayed {
  /** Every event up to here has been relayed. */
  readonly position: number;
  /** Between two events, in positions. */
  readonly meanDistance: number;
}

const MOST_COUNTED = 500;

/** Asks the store what waits. */
export async function relayLag(
  log: Pick<EventLog, 'head' | 'readAll'>,
  publisher: Publisher,
  { position, meanDistance }: Relayed,
  now: number,
): Promise<RelayLag> {
  const stored = await log.readAll({ after: position, limit: MOST_COUNTED });
  const waiting = stored.filter((event) => publisher.isPublic(event));
  const [oldest] = waiting;
  if (oldest === undefined) return { events: 0, seconds: 0 };
  const isCounted = stored.length < MOST_COUNTED;
  const distance = isCounted ? 0 : (await log.head()) - position;
  return {
    events: isCounted ? waiting.length : Math.round(distance / meanDistance),
    seconds: Math.max(0, now - Date.parse(oldest.metadata.at)) / 1_000,
  };
}
