import type { PublicEvent } from '@sillage/contracts';
import { isJsonObject } from '@sillage/kernel';
import type { KafkaMessage } from 'kafkajs';
import type { SequencedEvent } from '../relay/sequence.js';

/** Header: the position up to which every event of the partition has gone before, see `SequencedEvent`. */
const PREVIOUS = 'sillage-previous';

/**
 * The message of an event, by CloudEvents' binding for Kafka in binary content mode (cloudevents/spec,
 * kafka-protocol-binding 3.2): attributes are headers of UTF-8 text, the value is the data. The key is the tenant.
 * It gets no time stamp of its own, so that retention counts from when it was published and not from when it happened.
 */
export function toMessage({ event, partition, previous }: SequencedEvent): EventMessage {
  return {
    key: event.tenant,
    partition,
    headers: {
      'content-type': event.datacontenttype,
      ce_specversion: event.specversion,
      ce_id: event.id,
      ce_source: event.source,
      ce_type: event.type,
      ce_subject: event.subject,
      ce_time: event.time,
      ce_tenant: event.tenant,
      ce_position: String(event.position),
      ce_revision: String(event.revision),
      ce_correlationid: event.correlationid,
      ce_causationid: event.causationid,
      ce_actor: event.actor,
      [PREVIOUS]: String(previous),
    },
    value: JSON.stringify(event.data),
  };
}

/** Of each attribute of an event, its header. */
type Attributes = { readonly [Name in Exclude<keyof PublicEvent, 'data' | 'datacontenttype'> as `ce_${Name}`]: string };

export interface EventMessage {
  readonly key: string;
  readonly partition: number;
  readonly headers: Attributes & { readonly 'content-type': string; readonly [PREVIOUS]: string };
  readonly value: string;
}

export type StoredMessage = Pick<KafkaMessage, 'offset' | 'headers' | 'value'>;

/** Where a message stands in its partition; undefined when it is none of ours. Does not look at its value. */
export function placeOf(message: StoredMessage): { readonly position: number; readonly previous: number } | undefined {
  const position = wholeNumber(header(message, 'ce_position'));
  const previous = wholeNumber(header(message, PREVIOUS));
  return position === undefined || previous === undefined ? undefined : { position, previous };
}

/** When the event of a message happened, in milliseconds since 1970, UTC; undefined when it is none of ours. */
export function timeOf(message: StoredMessage): number | undefined {
  const time = Date.parse(header(message, 'ce_time') ?? '');
  return Number.isNaN(time) ? undefined : time;
}

/** The event of a message, exactly as it was published; undefined when it cannot be read. */
export function readEvent(message: StoredMessage): PublicEvent | undefined {
  const text = (name: string) => header(message, `ce_${name}`);
  const data = readData(message.value);
  const position = wholeNumber(text('position'));
  const revision = wholeNumber(text('revision'));
  const [id, source, type, subject, time] = ['id', 'source', 'type', 'subject', 'time'].map(text);
  const [tenant, correlationid, causationid, actor] = ['tenant', 'correlationid', 'causationid', 'actor'].map(text);
  if (text('specversion') !== '1.0' || header(message, 'content-type') !== 'application/json') return undefined;
  if (data === undefined || position === undefined || revision === undefined) return undefined;
  if (id === undefined || source === undefined || type === undefined) return undefined;
  if (subject === undefined || time === undefined || tenant === undefined) return undefined;
  if (correlationid === undefined || causationid === undefined || actor === undefined) return undefined;
  return {
    specversion: '1.0',
    id,
    source,
    type,
    subject,
    time,
    datacontenttype: 'application/json',
    data,
    tenant,
    position,
    revision,
    correlationid,
    causationid,
    actor,
  };
}

function readData(value: Buffer | null): PublicEvent['data'] | undefined {
  try {
    const data = JSON.parse(value?.toString() ?? '');
    return isJsonObject(data) && isJsonObject(data.record) && Array.isArray(data.changes)
      ? (data as unknown as PublicEvent['data'])
      : undefined;
  } catch {
    return undefined;
  }
}

function header({ headers }: StoredMessage, name: string): string | undefined {
  const value = headers?.[name];
  return Buffer.isBuffer(value) || typeof value === 'string' ? value.toString() : undefined;
}

function wholeNumber(text: string | undefined): number | undefined {
  return text !== undefined && /^\d{1,16}$/.test(text) ? Number(text) : undefined;
}
