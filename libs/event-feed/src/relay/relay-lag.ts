import type { EventLog } from '@sillage/event-store';

/** How far the topic is behind the store. */
export interface RelayLag {
  /** Events that wait: the distance in positions, by the mean distance between the events relayed so far. */
  readonly events: number;
  /** Age of the oldest of them, in seconds. */
  readonly seconds: number;
}

export interface Relayed {
  /** Position of the last event relayed. */
  readonly position: number;
  /** Of the events relayed so far. */
  readonly meanDistance: number;
}

/** Asks the store what waits. */
export async function relayLag(
  log: Pick<EventLog, 'head' | 'readAll'>,
  { position, meanDistance }: Relayed,
  now: number,
): Promise<RelayLag> {
  const [oldest] = await log.readAll({ after: position, limit: 1 });
  if (oldest === undefined) return { events: 0, seconds: 0 };
  const distance = Math.max(await log.head(), oldest.position) - position;
  return {
    events: Math.max(1, Math.round(distance / meanDistance)),
    seconds: Math.max(0, now - Date.parse(oldest.metadata.at)) / 1_000,
  };
}
