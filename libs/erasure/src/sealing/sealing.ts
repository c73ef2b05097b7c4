import type { KeyObject } from 'node:crypto';
import { isJsonObject, type JsonObject, type JsonValue, type NewEvent, type StoredEvent } from '@sillage/kernel';
import { decrypt, encrypt } from '../keys/aes-gcm.js';
import type { RecordKey } from '../keys/key-ring.js';

/*
 * How an event holds what it says of a person: `sealed` has the id of the key and, encrypted, the personal fields as one
 * JSON object. In their own places these fields are null, so that the order of members stays, which an export's digest
 * depends on.
 */

const SEALED = 'sealed';

/** The event as it is stored; the very same when it says nothing of a person. @param fields the personal ones */
export function seal(event: NewEvent, stream: string, fields: readonly string[], { id, key }: RecordKey): NewEvent {
  const given = personalIn(event.data, fields);
  if (given.length === 0) return event;
  const personal = JSON.stringify(Object.fromEntries(given.map((field) => [field, event.data[field]])));
  const box = encrypt(key, personal, boundTo(event, stream)).toString('base64');
  const places = Object.fromEntries(given.map((field) => [field, null]));
  return { ...event, data: { ...event.data, ...places, [SEALED]: { key: id, box } } };
}

/** Whether an event has personal fields to be sealed. */
export function saysOfPersons({ data }: NewEvent, fields: readonly string[]): boolean {
  return personalIn(data, fields).length > 0;
}

/** Id of the key by which an event is sealed; undefined when it is not. */
export function keyOf({ data }: Pick<NewEvent, 'data'>): string | undefined {
  return sealIn(data)?.key;
}

/**
 * The event as it was before it was sealed; without its personal fields when the key was erased.
 * @throws Error when it was changed since it was sealed, or stands where it was not stored.
 */
export function unseal(event: StoredEvent, key: KeyObject | 'erased', fields: readonly string[]): StoredEvent {
  const { [SEALED]: sealed, ...data } = event.data;
  const box = asSeal(sealed)?.box;
  if (box === undefined) return event;
  if (key === 'erased') return { ...event, data: without(data, fields) };
  const text = decrypt(key, Buffer.from(box, 'base64'), boundTo(event, event.stream)).toString('utf8');
  const personal: JsonObject = JSON.parse(text);
  return { ...event, data: { ...data, ...personal } };
}

/** Whether an event tells something personal for all to read: it was stored before events were sealed. */
export function isOpen(event: StoredEvent, fields: readonly string[]): boolean {
  return keyOf(event) === undefined && personalIn(event.data, fields).some((field) => event.data[field] !== null);
}

/** The personal fields that an event tells, sealed or not. */
export function personalIn(data: JsonObject, fields: readonly string[]): readonly string[] {
  return fields.filter((field) => data[field] !== undefined);
}

function without(data: JsonObject, fields: readonly string[]): JsonObject {
  return Object.fromEntries(Object.entries(data).filter(([name]) => !fields.includes(name)));
}

function sealIn(data: JsonObject): { readonly key: string; readonly box: string } | undefined {
  return asSeal(data[SEALED]);
}

function asSeal(value: JsonValue | undefined): { readonly key: string; readonly box: string } | undefined {
  if (!isJsonObject(value)) return undefined;
  const { key, box } = value;
  return typeof key === 'string' && typeof box === 'string' ? { key, box } : undefined;
}

/** An encrypted text opens only as what it was stored as: in no other tenant, stream or event. */
function boundTo({ id, type, metadata }: NewEvent, stream: string): string {
  return JSON.stringify(['event', metadata.tenant, stream, type, id]);
}
