import type { EventStore } from '@sillage/event-store';
import type { RecordType } from '@sillage/kernel';
import type { KeyStore } from '../key-store.js';
import { KeyPools } from '../keys/key-pools.js';
import { KeyRing } from '../keys/key-ring.js';
import { MasterKeys } from '../keys/master-keys.js';
import { PersonalTypes } from '../sealing/personal-types.js';
import { SealedStore } from '../sealing/sealed-store.js';

export const MASTER_KEY = Buffer.alloc(32, 7);

/** A store over another one whose events it seals, as a process opens it. */
export function sealedStore(
  store: EventStore,
  keys: KeyStore,
  types: readonly RecordType[],
  { noticeWithin = 0 }: { readonly noticeWithin?: number } = {},
): SealedStore {
  const masters = new MasterKeys([MASTER_KEY]);
  const ring = new KeyRing({ reader: keys, masters, noticeWithin, now: () => Date.now() });
  return new SealedStore({
    store,
    types: new PersonalTypes(types),
    keys,
    ring,
    pools: new KeyPools(keys, ring, masters),
  });
}
