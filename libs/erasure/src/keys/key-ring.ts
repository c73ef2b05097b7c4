import { createSecretKey, type KeyObject } from 'node:crypto';
import { setTimeout as passing } from 'node:timers/promises';
import { StoreUnavailable } from '@sillage/kernel';
import { LRUCache } from 'lru-cache';
import type { KeyReader, WrappedKey } from '../key-store.js';
import { decrypt, encrypt } from './aes-gcm.js';
import type { MasterKeys } from './master-keys.js';

/** A key that seals events of one record. */
export interface RecordKey {
  readonly id: string;
  readonly key: KeyObject;
}

export interface KeyRingOptions {
  readonly reader: KeyReader;
  readonly masters: MasterKeys;
  /** Milliseconds within which a key that another process has erased may still be used; 0 asks each time. */
  readonly noticeWithin: number;
  /** Milliseconds since 1970, UTC. */
  readonly now: () => number;
}

/** Some 5 MB. */
const MOST_KEYS = 20_000;
const MOST_TENANTS = 1_000;

/** The keys that a thread has in hand. Lets go of those that are erased, whoever erases them. */
export class KeyRing {
  private readonly tenants = new LRUCache<string, KeyObject>({ max: MOST_TENANTS });
  private readonly keys = new LRUCache<string, KeyObject>({ max: MOST_KEYS });
  private readonly listeners: ((stream: string) => void)[] = [];
  private cursor: number | undefined;
  private nextLook = Number.NEGATIVE_INFINITY;
  /** The look under way, if any. */
  private looking: Promise<void> | undefined;
  private erasures = 0;

  constructor(private readonly options: KeyRingOptions) {}

  /** Calls back with each stream of which a key was erased: what is remembered of it must be forgotten too. */
  onErased(listener: (stream: string) => void): void {
    this.listeners.push(listener);
  }

  /** Lets go of what was erased, by anybody, up to `noticeWithin` ago. */
  async notice(): Promise<void> {
    const now = this.options.now();
    // Who comes while somebody looks must not go on with what is about to be let go of.
    if (now < this.nextLook) return this.looking;
    this.nextLook = now + this.options.noticeWithin;
    const look = this.noticeNow();
    this.looking = look;
    const forget = () => {
      if (this.looking === look) this.looking = undefined;
    };
    look.then(forget, forget);
    await look;
  }

  /** Lets go of all that was erased by now, and resolves once nobody else has it in hand either. */
  async noticeEverywhere(): Promise<void> {
    await this.noticeNow();
    if (this.options.noticeWithin > 0) await passing(this.options.noticeWithin);
  }

  /** Lets go of all that was erased by now. */
  async noticeNow(): Promise<void> {
    const { cursor, erased } = await this.options.reader.erasedSince(this.cursor);
    this.cursor = cursor;
    if (erased.length === 0) return;
    this.erasures += 1;
    for (const { key, stream } of erased) {
      this.keys.delete(key);
      for (const listener of this.listeners) listener(stream);
    }
  }

  /**
   * The keys of these ids, `erased` for those that are no more.
   * @throws StoreUnavailable when there never was one of them: the key store is not the one that belongs to the events.
   */
  async open(tenant: string, ids: Iterable<string>): Promise<ReadonlyMap<string, KeyObject | 'erased'>> {
    const opened = new Map<string, KeyObject | 'erased'>();
    const unknown: string[] = [];
    for (const id of ids) {
      const key = this.keys.get(id);
      if (key === undefined) unknown.push(id);
      else opened.set(id, key);
    }
    if (unknown.length === 0) return opened;
    const { erasures } = this;
    const found = await this.options.reader.find(tenant, unknown);
    const wrapping = await this.tenantKey(tenant);
    for (const id of unknown) {
      const wrapped = found.get(id);
      if (wrapped === undefined || (wrapping === undefined && wrapped !== 'erased'))
        throw new StoreUnavailable(`the key ${id} of tenant ${tenant} is not in the key store`);
      const key = wrapped === 'erased' ? wrapped : unwrapped(wrapping as KeyObject, tenant, { id, wrapped });
      opened.set(id, key);
      // Not what may have been erased since it was read: nobody would let go of it again.
      if (key !== 'erased' && erasures === this.erasures) this.keys.set(id, key);
    }
    return opened;
  }

  /** The key that wraps the tenant's others; undefined when the tenant has none. */
  async tenantKey(tenant: string): Promise<KeyObject | undefined> {
    const known = this.tenants.get(tenant);
    if (known !== undefined) return known;
    const wrapped = await this.options.reader.tenantKey(tenant);
    if (wrapped === undefined) return undefined;
    const key = createSecretKey(this.options.masters.unwrap(wrapped));
    this.tenants.set(tenant, key);
    return key;
  }
}

export function wrap(wrapping: KeyObject, tenant: string, id: string, key: Uint8Array): WrappedKey {
  return { id, wrapped: encrypt(wrapping, key, boundTo(tenant, id)) };
}

function unwrapped(wrapping: KeyObject, tenant: string, { id, wrapped }: WrappedKey): KeyObject {
  return createSecretKey(decrypt(wrapping, wrapped, boundTo(tenant, id)));
}

function boundTo(tenant: string, id: string): string {
  return JSON.stringify(['key', tenant, id]);
}
