import { createSecretKey, type KeyObject } from 'node:crypto';
import { newId } from '@sillage/kernel';
import { LRUCache } from 'lru-cache';
import type { KeyStore } from '../key-store.js';
import { type KeyRing, type RecordKey, wrap } from './key-ring.js';
import { type MasterKeys, newKey } from './master-keys.js';

/** How many keys are made at once for a tenant: few at first, more for one that needs many. */
const FIRST = 16;
const MOST = 256;

const MOST_TENANTS = 1_000;

/**
 * New keys, made ahead: they are durable before anybody needs one, so that a record is begun without waiting for the key
 * store. Which record a key is for stands in the record's events; one that is never taken is of no harm.
 */
export class KeyPools {
  private readonly pools = new LRUCache<string, KeyPool>({ max: MOST_TENANTS });

  constructor(
    private readonly store: KeyStore,
    private readonly ring: KeyRing,
    private readonly masters: MasterKeys,
  ) {}

  /** A key that nobody else has. @throws StoreUnavailable */
  take(tenant: string): RecordKey | Promise<RecordKey> {
    let pool = this.pools.get(tenant);
    if (pool === undefined) {
      pool = new KeyPool((count) => this.make(tenant, count));
      this.pools.set(tenant, pool);
    }
    return pool.take();
  }

  private async make(tenant: string, count: number): Promise<readonly RecordKey[]> {
    const wrapping = await this.wrappingKey(tenant);
    const made = Array.from({ length: count }, () => ({ id: newId(), bytes: newKey() }));
    await this.store.add(
      tenant,
      made.map(({ id, bytes }) => wrap(wrapping, tenant, id, bytes)),
    );
    return made.map(({ id, bytes }) => ({ id, key: createSecretKey(bytes) }));
  }

  private async wrappingKey(tenant: string): Promise<KeyObject> {
    const known = await this.ring.tenantKey(tenant);
    if (known !== undefined) return known;
    const kept = await this.store.addTenantKey(this.masters.wrap(tenant, newKey()));
    return createSecretKey(this.masters.unwrap(kept));
  }
}

class KeyPool {
  private ready: RecordKey[] = [];
  private making: Promise<void> | undefined;
  private next = FIRST;

  constructor(private readonly make: (count: number) => Promise<readonly RecordKey[]>) {}

  take(): RecordKey | Promise<RecordKey> {
    const key = this.ready.pop();
    if (this.ready.length < this.next / 4) this.refill();
    return key ?? this.wait();
  }

  private async wait(): Promise<RecordKey> {
    for (;;) {
      await this.refill();
      const key = this.ready.pop();
      if (key !== undefined) return key;
    }
  }

  private refill(): Promise<void> {
    this.making ??= this.fill().finally(() => {
      this.making = undefined;
    });
    // Whoever finds the pool empty asks again, and is told what fails.
    this.making.catch(() => undefined);
    return this.making;
  }

  private async fill(): Promise<void> {
    const made = await this.make(this.next);
    this.ready.push(...made);
    this.next = Math.min(MOST, this.next * 2);
  }
}
