import { createSecretKey, hash, type KeyObject, randomBytes } from 'node:crypto';
import type { KeyStore, WrappedTenantKey } from '../key-store.js';
import { decrypt, encrypt } from './aes-gcm.js';

/** Bytes of every key. */
export const KEY_BYTES = 32;

/** A tenant's key is wrapped by a master key that this process was not given. */
export class MasterKeyMissing extends Error {
  constructor(tenant: string, master: string) {
    super(`the key of tenant ${tenant} is wrapped by the master key ${master}, which is not given`);
    this.name = 'MasterKeyMissing';
  }
}

interface MasterKey {
  readonly id: string;
  readonly key: KeyObject;
}

/** The keys that wrap the keys of tenants. They are in no store: the environment or a file of its own gives them. */
export class MasterKeys {
  private readonly keys: readonly MasterKey[];

  /**
   * @param given 32 bytes each; the first one wraps, the others only unwrap what they have wrapped
   * @throws RangeError for a key of another length
   */
  constructor(given: readonly Uint8Array[]) {
    this.keys = given.map(asMasterKey);
  }

  /** Id of the key that wraps; undefined when none was given. */
  get current(): string | undefined {
    return this.keys[0]?.id;
  }

  wrap(tenant: string, key: Uint8Array): WrappedTenantKey {
    const [master] = this.keys;
    if (master === undefined) throw new Error('there is no master key');
    return { tenant, master: master.id, wrapped: encrypt(master.key, key, boundTo(tenant)) };
  }

  /** @throws MasterKeyMissing */
  unwrap({ tenant, master: id, wrapped }: WrappedTenantKey): Uint8Array {
    const master = this.keys.find((known) => known.id === id);
    if (master === undefined) throw new MasterKeyMissing(tenant, id);
    return decrypt(master.key, wrapped, boundTo(tenant));
  }
}

/** @throws MasterKeyMissing when a key of the store can be unwrapped by none of the given ones. */
export async function requireMasterKeys(store: Pick<KeyStore, 'tenantKeys'>, masters: MasterKeys): Promise<void> {
  for (const key of await store.tenantKeys()) masters.unwrap(key);
}

export function newKey(): Buffer {
  return randomBytes(KEY_BYTES);
}

/** The id tells keys apart and says nothing of them. */
function asMasterKey(bytes: Uint8Array): MasterKey {
  if (bytes.length !== KEY_BYTES) throw new RangeError(`a master key has ${KEY_BYTES} bytes, not ${bytes.length}`);
  const id = hash('sha256', Buffer.concat([Buffer.from('sillage master key '), bytes]), 'hex').slice(0, 16);
  return { id, key: createSecretKey(bytes) };
}

function boundTo(tenant: string): string {
  return JSON.stringify(['tenant', tenant]);
}
