import {
  changesBetween,
  type FieldChange,
  type JsonObject,
  type RecordState,
  type RecordType,
  type StoredEvent,
  toRecord,
} from '@sillage/kernel';

/**
 * An event as other systems see it: a CloudEvents 1.0 JSON object (https://cloudevents.io), the same at `/v1/events`,
 * in Kafka and in a webhook.
 */
export interface PublicEvent {
  readonly specversion: '1.0';
  readonly id: string;
  readonly source: string;
  /** `sillage.opportunity.won.v1`. */
  readonly type: string;
  /** `opportunities/<id>`. */
  readonly subject: string;
  readonly time: string;
  readonly datacontenttype: 'application/json';
  readonly data: {
    /** The record after the change. */
    readonly record: JsonObject;
    readonly changes: readonly FieldChange[];
  };
  readonly tenant: string;
  readonly position: number;
  readonly revision: number;
  readonly correlationid: string;
  readonly causationid: string;
  readonly actor: string;
}

/** Whether an event tells that personal fields of its record are erased: whoever has copied them must erase them too. */
export function isErasure({ type }: Pick<PublicEvent, 'type'>): boolean {
  return /\.forgotten\.v\d+$/.test(type);
}

/** The public form of a stored event, given the record before and after it. Pure. */
export function toPublicEvent(
  type: RecordType,
  before: RecordState | undefined,
  after: RecordState,
  event: StoredEvent,
): PublicEvent {
  const { tenant, actor, at, correlationId, causationId, version } = event.metadata;
  return {
    specversion: '1.0',
    id: event.id,
    source: `/v1/${type.plural}`,
    type: publicEventType(type, event.type, version),
    subject: `${type.plural}/${after.id}`,
    time: at,
    datacontenttype: 'application/json',
    data: { record: toRecord(after), changes: changesBetween(before, after) },
    tenant,
    position: event.position,
    revision: event.revision,
    correlationid: correlationId,
    causationid: causationId,
    actor,
  };
}

/** Those asked for so far: one for each type of event and version of it. */
const PUBLIC_TYPES = new Map<string, string>();

/** `OpportunityAmountRevised` in version 1 is `sillage.opportunity.amount-revised.v1` to others. */
export function publicEventType(type: RecordType, eventType: string, version: number): string {
  const key = `${eventType}.v${version}`;
  const known = PUBLIC_TYPES.get(key);
  if (known !== undefined) return known;
  const fact = eventType.slice(type.name.length).replace(/(?<!^)[A-Z]/g, (letter) => `-${letter}`);
  const publicType = `sillage.${type.name}.${fact.toLowerCase()}.v${version}`;
  PUBLIC_TYPES.set(key, publicType);
  return publicType;
}
