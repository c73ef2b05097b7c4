import type { JsonObject } from './json.js';

/** What is known of an event beyond its business data. */
export interface EventMetadata {
  readonly tenant: string;
  /** Who caused it: the token's subject. */
  readonly actor: string;
  /** When the change was decided, as an instant in UTC. */
  readonly at: string;
  readonly commandId: string;
  /** Of the request that carried an Idempotency-Key: tells the same request from another under the same key. */
  readonly fingerprint?: string;
  /** Ties together everything that one request of a caller led to. */
  readonly correlationId: string;
  readonly causationId: string;
  /** Of the data's schema; upcasters raise older versions on read. */
  readonly version: number;
}

export interface NewEvent {
  readonly id: string;
  /** The business fact, such as `OpportunityWon`: a literal that outlives refactors. */
  readonly type: string;
  readonly data: JsonObject;
  readonly metadata: EventMetadata;
}

export interface StoredEvent extends NewEvent {
  readonly stream: string;
  /** Number of the event in its stream, from 0. */
  readonly revision: number;
  /** Place in the store's one order: grows, with gaps. Exact as a number up to 2^53. */
  readonly position: number;
}

/** Raises the data of an event from one version of its schema to the next. */
export type Upcaster = (data: JsonObject) => JsonObject;

/** By event type: the upcaster at index 0 raises version 1 to 2, that at index 1 raises 2 to 3, and so on. */
export type Upcasters = { readonly [eventType: string]: readonly Upcaster[] };

/** The event in today's schema. Events already there come back unchanged. */
export function upcast<E extends NewEvent>(upcasters: Upcasters, event: E): E {
  const pending = upcasters[event.type]?.slice(event.metadata.version - 1) ?? [];
  if (pending.length === 0) return event;
  const data = pending.reduce((raised, upcaster) => upcaster(raised), event.data);
  return { ...event, data, metadata: { ...event.metadata, version: event.metadata.version + pending.length } };
}

/** The version in which events of a type are written today. */
export function currentVersion(upcasters: Upcasters, eventType: string): number {
  return 1 + (upcasters[eventType]?.length ?? 0);
}
