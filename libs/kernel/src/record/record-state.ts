import { type StoredEvent, upcast } from '../events.js';
import type { JsonObject } from '../json.js';
import type { Fields, RecordType } from './record-type.js';

/** A record as its events up to `revision` have made it. */
export interface RecordState {
  readonly id: string;
  readonly fields: Fields;
  readonly revision: number;
  /** Of the last event, in the store's one order. */
  readonly position: number;
  readonly createdAt: string;
  readonly createdBy: string;
  readonly updatedAt: string;
  readonly updatedBy: string;
  readonly deletedAt?: string;
  /** When its personal fields were erased, for ever. */
  readonly forgottenAt?: string;
}

/** The stream of a record: `opportunity-acme.0192…`. */
export function recordStream(type: RecordType, tenant: string, id: string): string {
  return `${type.name}-${tenant}.${id}`;
}

/** The id in the name of a record's stream. */
export function recordIdOf(stream: string): string {
  return stream.slice(stream.lastIndexOf('.') + 1);
}

/** The name of the type that a stream is of; of other streams what they are for. */
export function categoryOf(stream: string): string {
  return stream.slice(0, stream.indexOf('-'));
}

/** The next state. Pure; an event of an older schema is raised first. */
export function evolveRecord(type: RecordType, state: RecordState | undefined, stored: StoredEvent): RecordState {
  const event = upcast(type.upcasters, stored);
  const { at, actor } = event.metadata;
  const now = { revision: event.revision, position: event.position, updatedAt: at, updatedBy: actor };
  if (state === undefined) {
    const { createdAt, ...fields } = event.data;
    return {
      ...now,
      id: recordIdOf(event.stream),
      fields,
      createdAt: typeof createdAt === 'string' ? createdAt : at,
      createdBy: actor,
    };
  }
  switch (event.type) {
    case type.events.deleted:
      return { ...state, ...now, deletedAt: at };
    case type.events.restored: {
      const { deletedAt: _, ...alive } = state;
      return { ...alive, ...now };
    }
    case type.personal?.forgotten:
      return { ...state, ...now, fields: withoutPersonal(type, state.fields), forgottenAt: at };
    default:
      return { ...state, ...now, fields: withChanges(state.fields, event.data) };
  }
}

export function foldRecord(type: RecordType, events: readonly StoredEvent[]): RecordState | undefined {
  return events.reduce<RecordState | undefined>((state, event) => evolveRecord(type, state, event), undefined);
}

/** The record as the API shows it. */
export function toRecord(state: RecordState): JsonObject {
  const { id, fields, revision, createdAt, createdBy, updatedAt, updatedBy } = state;
  return { id, ...fields, revision, createdAt, createdBy, updatedAt, updatedBy, ...endings(state) };
}

/** Those of the instants at which a record comes to an end that it has reached. */
export function endings({ deletedAt, forgottenAt }: RecordState): JsonObject {
  return { ...(deletedAt === undefined ? {} : { deletedAt }), ...(forgottenAt === undefined ? {} : { forgottenAt }) };
}

function withChanges(fields: Fields, changes: JsonObject): Fields {
  const changed = Object.entries({ ...fields, ...changes });
  return Object.fromEntries(changed.filter(([, value]) => value !== null));
}

function withoutPersonal({ personal }: RecordType, fields: Fields): Fields {
  return Object.fromEntries(Object.entries(fields).filter(([name]) => !personal?.fields.includes(name)));
}
