import { normalizeInstant } from '@sillage/kernel';
import type { StoredDocument, View } from '@sillage/view-store';

/**
 * Records whose events could not be folded: one document a record, under the subject of its events
 * (`opportunities/<id>`). Internal; operators are shown it. A rebuild by a version that understands the events brings
 * the records back.
 */
export const PARKED_VIEW: View = { name: 'parked', fields: { createdAt: { kind: 'instant', sortable: true } } };

/** What is known of a parked record. */
export type Parked = {
  /** `opportunities/<id>`. */
  readonly id: string;
  /** Time of the event that could not be folded; the beginning of 1970 when it has none. */
  readonly createdAt: string;
  /** Its public type. */
  readonly eventType: string;
  readonly reason: string;
  /** Its place in the log. */
  readonly position: number;
  /** How many later events of the record wait behind it. */
  readonly waiting: number;
};

/** An event that could not be folded, as far as it could be read. */
export interface PoisonEvent {
  readonly tenant: string;
  readonly subject: string;
  readonly type: string;
  readonly time: string;
  readonly position: number;
  readonly reason: string;
}

/** Parks a record, or counts one more event behind the one that parked it. Pure. */
export function park(
  before: StoredDocument | undefined,
  event: PoisonEvent,
): StoredDocument & { readonly view: string } {
  const { tenant, subject, type, time, position, reason } = event;
  const parked = before?.document as Parked | undefined;
  const document: Parked =
    parked === undefined
      ? { id: subject, createdAt: instantOf(time), eventType: type, reason, position, waiting: 0 }
      : { ...parked, waiting: parked.waiting + 1 };
  const ordinal = before?.ordinal ?? position;
  return { view: PARKED_VIEW.name, tenant, id: subject, ordinal, position, deleted: false, document };
}

/** What is wrong with an event may be its time; a view needs one all the same. */
function instantOf(time: string): string {
  return normalizeInstant(time) ?? '1970-01-01T00:00:00.000Z';
}
