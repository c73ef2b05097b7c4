import type { Concern, ErasedSince, Erasure, KeyStore, StreamKey, WrappedKey, WrappedTenantKey } from '../key-store.js';
import { PersonForgotten } from '../key-store.js';

/** Keys in memory, for specs; keeps the whole contract but that of durability. */
export class MemoryKeyStore implements KeyStore {
  readonly tenants = new Map<string, WrappedTenantKey>();
  readonly keys = new Map<string, WrappedKey>();
  private readonly erasedKeys: (StreamKey & { readonly tenant: string })[] = [];
  private readonly concerns: (Concern & { readonly tenant: string })[] = [];
  private readonly ledger: Erasure[] = [];

  async tenantKey(tenant: string): Promise<WrappedTenantKey | undefined> {
    return this.tenants.get(tenant);
  }

  async find(tenant: string, ids: readonly string[]): Promise<ReadonlyMap<string, Uint8Array | 'erased'>> {
    return new Map(
      ids.flatMap((id): [string, Uint8Array | 'erased'][] => {
        const kept = this.keys.get(`${tenant}/${id}`);
        if (kept !== undefined) return [[id, kept.wrapped]];
        return this.erasedKeys.some((erased) => erased.tenant === tenant && erased.key === id) ? [[id, 'erased']] : [];
      }),
    );
  }

  async erasedSince(cursor: number | undefined): Promise<ErasedSince> {
    return { cursor: this.erasedKeys.length, erased: this.erasedKeys.slice(cursor ?? this.erasedKeys.length) };
  }

  async addTenantKey(key: WrappedTenantKey): Promise<WrappedTenantKey> {
    const kept = this.tenants.get(key.tenant) ?? key;
    this.tenants.set(key.tenant, kept);
    return kept;
  }

  async tenantKeys(): Promise<readonly WrappedTenantKey[]> {
    return [...this.tenants.values()];
  }

  async rewrapTenantKey(key: WrappedTenantKey, from: string): Promise<void> {
    if (this.tenants.get(key.tenant)?.master === from) this.tenants.set(key.tenant, key);
  }

  async add(tenant: string, keys: readonly WrappedKey[]): Promise<void> {
    for (const key of keys) this.keys.set(`${tenant}/${key.id}`, key);
  }

  async addConcerns(tenant: string, concerns: readonly Concern[]): Promise<void> {
    for (const { person } of concerns) {
      const isForgotten = this.ledger.some((entry) => entry.tenant === tenant && entry.person === person);
      if (isForgotten) throw new PersonForgotten(person);
    }
    for (const { person, stream } of concerns) {
      if (!(await this.concerning(tenant, person)).includes(stream)) this.concerns.push({ tenant, person, stream });
    }
  }

  async concerning(tenant: string, person: string): Promise<readonly string[]> {
    const own = this.concerns.filter((concern) => concern.tenant === tenant && concern.person === person);
    return own.map(({ stream }) => stream);
  }

  async addErasure(erasure: Erasure): Promise<Erasure> {
    const first = this.ledger.find(({ tenant, person }) => tenant === erasure.tenant && person === erasure.person);
    if (first === undefined) this.ledger.push(erasure);
    return first ?? erasure;
  }

  async erasures(): Promise<readonly Erasure[]> {
    return this.ledger;
  }

  async erase(tenant: string, keys: readonly StreamKey[]): Promise<void> {
    for (const { key, stream } of keys) {
      if (this.keys.delete(`${tenant}/${key}`)) this.erasedKeys.push({ tenant, key, stream });
    }
  }

  async close(): Promise<void> {}
}
