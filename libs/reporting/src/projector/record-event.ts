import { isRecordTypeName, type PublicEvent, type RecordTypeName } from '@sillage/contracts';
import { isJsonObject, type JsonObject, type JsonValue } from '@sillage/kernel';
import type { PoisonEvent } from '../views/parked.js';

/** A public event with its subject read. */
export interface RecordEvent {
  readonly tenant: string;
  readonly type: RecordTypeName;
  readonly id: string;
  /** The public type: `sillage.opportunity.won.v1`. */
  readonly eventType: string;
  readonly revision: number;
  readonly position: number;
  readonly time: string;
  /** The record after the event. */
  readonly record: JsonObject;
}

/** Reads an event; poison when it does not tell a record. Its envelope is trusted, since the feed orders by it. */
export function readRecordEvent(event: PublicEvent): RecordEvent | PoisonEvent {
  const { subject, tenant, revision, position, time } = event;
  const slash = subject.indexOf('/');
  const [type, id] = [subject.slice(0, slash), subject.slice(slash + 1)];
  if (!isRecordTypeName(type)) return poison(event, `there is no record type of the subject ${subject}`);
  const record: JsonValue | undefined = event.data?.record;
  if (!isJsonObject(record)) return poison(event, 'the event tells no record');
  if (record.id !== id) return poison(event, 'the event tells another record than its subject');
  if (!isInstant(record.createdAt)) return poison(event, 'the record does not say when it began');
  if (record.revision !== revision) return poison(event, 'the record is not of the revision of its event');
  return { tenant, type, id, eventType: event.type, revision, position, time, record };
}

function isInstant(value: JsonValue | undefined): boolean {
  return typeof value === 'string' && !Number.isNaN(Date.parse(value));
}

function poison({ tenant, subject, type, time, position }: PublicEvent, reason: string): PoisonEvent {
  return { tenant, subject, type, time, position, reason };
}
