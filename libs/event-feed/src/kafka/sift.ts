import type { PublicEvent } from '@sillage/contracts';
import { placeOf, readEvent, type StoredMessage } from './event-message.js';

/** A stretch of the log that is not in the topic where a reader needs it. */
export interface Gap {
  /** What is missing ends here at the latest. */
  readonly upTo: number;
  /** Of the message to go on with. */
  readonly offset: string;
}

export interface Sifted {
  /** What is new, in order. */
  readonly events: readonly PublicEvent[];
  /** The position that is reached with them. */
  readonly reached: number;
  /** Where reading must stop until what is missing is there; what lies behind was not looked at. */
  readonly gap: Gap | undefined;
  /** Offsets of messages that are no events of ours. If one was meant to be, the next one has a gap before it. */
  readonly unreadable: readonly string[];
}

/**
 * What a reader who has seen everything up to a position makes of the next messages of the partition. Messages that are
 * not newer are skipped without being parsed. Pure.
 */
export function sift(messages: readonly StoredMessage[], reached: number): Sifted {
  const events: PublicEvent[] = [];
  const unreadable: string[] = [];
  let position = reached;
  for (const message of messages) {
    const { offset } = message;
    const place = placeOf(message);
    if (place !== undefined && place.position <= position) continue;
    if (place !== undefined && place.previous > position) {
      return { events, reached: position, gap: { upTo: place.previous, offset }, unreadable };
    }
    const event = place === undefined ? undefined : readEvent(message);
    if (event === undefined) {
      unreadable.push(offset);
    } else {
      events.push(event);
      position = event.position;
    }
  }
  return { events, reached: position, gap: undefined, unreadable };
}
