import type { EventStore } from '@sillage/event-store';
import {
  type Appended,
  fault,
  type NewEvent,
  NO_STREAM,
  notPossible,
  type RecordType,
  type StoredEvent,
  WrongExpectedRevision,
} from '@sillage/kernel';
import { LRUCache } from 'lru-cache';
import { type KeyStore, PersonForgotten } from '../key-store.js';
import type { KeyPools } from '../keys/key-pools.js';
import type { KeyRing, RecordKey } from '../keys/key-ring.js';
import type { PersonalTypes } from './personal-types.js';
import { isOpen, keyOf, saysOfPersons, seal } from './sealing.js';
import { UnsealedLog } from './unsealed-log.js';

/** Of streams, by which key they are sealed; some 2 MB. */
const MOST_REMEMBERED = 10_000;

export interface SealedStoreParts {
  readonly store: EventStore;
  readonly types: PersonalTypes;
  readonly keys: KeyStore;
  readonly ring: KeyRing;
  readonly pools: KeyPools;
}

/** What is sealed in a stream. */
export interface Seals {
  readonly stream: string;
  readonly keys: readonly string[];
  /** How many events are sealed. */
  readonly events: number;
  /** The fields that they tell. */
  readonly fields: readonly string[];
  /** Whether other events tell such fields for all to read. */
  readonly isOpen: boolean;
  /** Of the last event. */
  readonly position: number;
}

/**
 * An event store in which nothing that says something of a person is readable without a key that can be erased. Whoever
 * uses it gives and gets events as if they were not sealed.
 */
export class SealedStore extends UnsealedLog implements EventStore {
  private readonly keyIds = new LRUCache<string, string>({ max: MOST_REMEMBERED });
  /** Ends when what is being sealed may be appended; undefined when nothing is. */
  private turn: Promise<void> | undefined;

  constructor(private readonly parts: SealedStoreParts) {
    super(parts.store, parts.types, parts.ring);
  }

  override async read(stream: string, from?: number): Promise<readonly StoredEvent[]> {
    const stored = await this.parts.store.read(stream, from);
    const id = keyIn(stored);
    if (id !== undefined) this.keyIds.set(stream, id);
    return this.unsealed(stored);
  }

  /** @throws Problem `not-possible` when an event refers to somebody who was forgotten; and see `Streams.append`. */
  async append(stream: string, expected: number, events: readonly NewEvent[]): Promise<Appended> {
    const { store } = this.parts;
    const sealed = this.sealed(stream, expected, events);
    if (!(sealed instanceof Promise) && this.turn === undefined) return store.append(stream, expected, sealed);
    return store.append(stream, expected, await this.inTurn(sealed));
  }

  /** The type of the record that a stream is of. */
  typeOf(stream: string): RecordType | undefined {
    return this.types.typeOf(stream);
  }

  /** What is sealed in a stream, whether or not it can still be read. */
  async sealsOf(stream: string): Promise<Seals> {
    const fields = this.types.of(stream)?.fields ?? [];
    const events = await this.parts.store.read(stream);
    const sealed = events.filter((event) => keyOf(event) !== undefined);
    return {
      stream,
      keys: [...new Set(sealed.flatMap((event) => keyOf(event) ?? []))],
      events: sealed.length,
      fields: fields.filter((field) => sealed.some(({ data }) => data[field] !== undefined)),
      isOpen: events.some((event) => isOpen(event, fields)),
      position: events.at(-1)?.position ?? 0,
    };
  }

  /** Lets go of every key that is erased by now, and resolves once no other process has one in hand either. */
  noticeErased(): Promise<void> {
    return this.ring.noticeEverywhere();
  }

  keepLast(stream: string, count: number): Promise<void> {
    return this.parts.store.keepLast(stream, count);
  }

  close(): Promise<void> {
    return this.parts.store.close();
  }

  /** Appends are asked of the store in the order in which they were asked of this one, which it promises to keep. */
  private inTurn<T>(sealed: T | Promise<T>): Promise<T> {
    const ready = Promise.all([sealed, this.turn]).then(([value]) => value);
    const turn = ready.then(
      () => undefined,
      () => undefined,
    );
    this.turn = turn;
    void turn.then(() => {
      if (this.turn === turn) this.turn = undefined;
    });
    return ready;
  }

  /** At once when a key is at hand, as it nearly always is. */
  private sealed(
    stream: string,
    expected: number,
    events: readonly NewEvent[],
  ): readonly NewEvent[] | Promise<readonly NewEvent[]> {
    const fields = this.types.of(stream)?.fields;
    const tenant = events[0]?.metadata.tenant;
    if (fields === undefined || tenant === undefined) return events;
    const references = events.flatMap((event) => this.types.referencesIn(stream, event));
    const isPersonal = events.some((event) => saysOfPersons(event, fields));
    const noted = references.length > 0 ? this.note(tenant, stream, references) : undefined;
    if (!isPersonal) return noted === undefined ? events : noted.then(() => events);
    const key = this.keyFor(stream, expected, tenant);
    if (noted === undefined && !(key instanceof Promise))
      return events.map((event) => seal(event, stream, fields, key));
    return Promise.all([key, noted]).then(([found]) => events.map((event) => seal(event, stream, fields, found)));
  }

  private async note(
    tenant: string,
    stream: string,
    references: readonly { readonly field: string; readonly person: string }[],
  ): Promise<void> {
    try {
      await this.parts.keys.addConcerns(
        tenant,
        references.map(({ person }) => ({ person, stream })),
      );
    } catch (error) {
      if (!(error instanceof PersonForgotten)) throw error;
      const { field = '' } = references.find(({ person }) => person === error.person) ?? {};
      throw notPossible(fault(field, 'forgotten-person'));
    }
  }

  /** A new stream has a key of its own; what is appended later is sealed by the key that the stream has. */
  private keyFor(stream: string, expected: number, tenant: string): RecordKey | Promise<RecordKey> {
    return expected === NO_STREAM ? this.parts.pools.take(tenant) : this.keyOfStream(stream, expected, tenant);
  }

  private async keyOfStream(stream: string, expected: number, tenant: string): Promise<RecordKey> {
    const id = this.keyIds.get(stream) ?? keyIn(await this.parts.store.read(stream));
    // A stream that was begun before events were sealed.
    if (id === undefined) return this.parts.pools.take(tenant);
    const key = (await this.ring.open(tenant, [id])).get(id);
    // The record was forgotten since the decision was made, so the stream has moved on.
    if (key === undefined || key === 'erased') throw new WrongExpectedRevision(stream, expected);
    return { id, key };
  }
}

function keyIn(events: readonly StoredEvent[]): string | undefined {
  for (const event of events) {
    const id = keyOf(event);
    if (id !== undefined) return id;
  }
  return undefined;
}
