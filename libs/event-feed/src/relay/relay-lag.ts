import type { EventLog } from '@sillage/event-store';
import type { Lag } from '../lag.js';
import type { Publisher } from '../publisher.js';

export interface Relayed {
  /** Every event up to here has been relayed. */
  readonly position: number;
  /** Between two events, in positions. */
  readonly meanDistance: number;
}

const MOST_COUNTED = 500;

/**
 * Asks the store how far the topic is behind: events are counted up to some hundreds, beyond that by the mean distance
 * between those relayed so far.
 */
export async function relayLag(
  log: Pick<EventLog, 'head' | 'readAll'>,
  publisher: Publisher,
  { position, meanDistance }: Relayed,
  now: number,
): Promise<Lag> {
  const stored = await log.readAll({ after: position, limit: MOST_COUNTED });
  const waiting = stored.filter(({ stream }) => publisher.isPublic(stream));
  const [oldest] = waiting;
  if (oldest === undefined) return { events: 0, seconds: 0 };
  const isCounted = stored.length < MOST_COUNTED;
  const distance = isCounted ? 0 : (await log.head()) - position;
  return {
    events: isCounted ? waiting.length : Math.round(distance / meanDistance),
    seconds: Math.max(0, now - Date.parse(oldest.metadata.at)) / 1_000,
  };
}
