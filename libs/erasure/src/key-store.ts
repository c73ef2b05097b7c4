/*
 * Where keys are kept: outside the event store, so that what an event holds of a person can be made unreadable although
 * no event is ever changed. Nothing here is readable without the master key.
 */

/** A key of one record, wrapped by the key of its tenant. */
export interface WrappedKey {
  readonly id: string;
  readonly wrapped: Uint8Array;
}

/** The key of a tenant, wrapped by a master key. */
export interface WrappedTenantKey {
  readonly tenant: string;
  /** Id of the master key. */
  readonly master: string;
  readonly wrapped: Uint8Array;
}

/** That a stream says something of a person, who is named like the subject of a public event: `clients/<id>`. */
export interface Concern {
  readonly person: string;
  readonly stream: string;
}

/** A key by which events of a stream are sealed. */
export interface StreamKey {
  readonly key: string;
  readonly stream: string;
}

/** An entry of the ledger of erasures: a person who is to be forgotten, for ever. */
export interface Erasure {
  readonly tenant: string;
  /** As in `Concern`. */
  readonly person: string;
  /** An instant in UTC. */
  readonly at: string;
  /** Who asked for it: the token's subject. */
  readonly by: string;
}

/** Keys that were erased since the moment of a cursor. */
export interface ErasedSince {
  readonly cursor: number;
  /** Some may be told twice. */
  readonly erased: readonly StreamKey[];
}

/**
 * What whoever reads sealed events needs. Its methods, and those of `KeyStore`, throw StoreUnavailable when the keys
 * cannot be had.
 */
export interface KeyReader {
  /** Undefined when the tenant has none. */
  tenantKey(tenant: string): Promise<WrappedTenantKey | undefined>;

  /** Those of some keys of a tenant that there are; `erased` for one that there is no more. */
  find(tenant: string, ids: readonly string[]): Promise<ReadonlyMap<string, Uint8Array | 'erased'>>;

  /** What was erased since the cursor of an earlier call; nothing, but a cursor, when there was none. */
  erasedSince(cursor: number | undefined): Promise<ErasedSince>;

  /** The ledger, oldest first. */
  erasures(): Promise<readonly Erasure[]>;

  close(): Promise<void>;
}

/** Keys, whom sealed events concern, and who was forgotten. What a method has written is durable once it resolves. */
export interface KeyStore extends KeyReader {
  /** Keeps the first key of a tenant; gives the one that is kept, perhaps another process's. */
  addTenantKey(key: WrappedTenantKey): Promise<WrappedTenantKey>;

  tenantKeys(): Promise<readonly WrappedTenantKey[]>;

  /** Replaces the wrapping of a tenant's key, if it is still that of the master key `from`. */
  rewrapTenantKey(key: WrappedTenantKey, from: string): Promise<void>;

  /** Keeps new keys of a tenant. */
  add(tenant: string, keys: readonly WrappedKey[]): Promise<void>;

  /**
   * Notes whom streams of a tenant concern. May be repeated.
   * @throws PersonForgotten when one of the persons is to be forgotten: then nothing is noted.
   */
  addConcerns(tenant: string, concerns: readonly Concern[]): Promise<void>;

  /** The streams that concern a person, or ever did, but for the person's own. */
  concerning(tenant: string, person: string): Promise<readonly string[]>;

  /**
   * Enters into the ledger that a person is to be forgotten: from then on nothing can be noted that concerns them. Gives
   * the first such entry.
   */
  addErasure(erasure: Erasure): Promise<Erasure>;

  /** Erases keys of a tenant for ever. May be repeated. */
  erase(tenant: string, keys: readonly StreamKey[]): Promise<void>;
}

/** Something was to be noted about somebody who was forgotten. */
export class PersonForgotten extends Error {
  constructor(readonly person: string) {
    super(`${person} was forgotten`);
    this.name = 'PersonForgotten';
  }
}
