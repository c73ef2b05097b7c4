import type { EventStore } from '@sillage/event-store';
import type { RecordType } from '@sillage/kernel';
import type { KeyReader, KeyStore } from '../key-store.js';
import { KeyPools } from '../keys/key-pools.js';
import { KeyRing } from '../keys/key-ring.js';
import type { MasterKeys } from '../keys/master-keys.js';
import { PersonalTypes } from './personal-types.js';
import { SealedStore } from './sealed-store.js';
import { type ReadableStore, UnsealedLog } from './unsealed-log.js';

export interface SealedBy<Keys extends KeyReader> {
  readonly keys: Keys;
  readonly masters: MasterKeys;
  /** Of all records. */
  readonly types: readonly RecordType[];
  /** See `KeyRingOptions`. */
  readonly noticeWithin: number;
}

/** Seals what is appended to an event store, and unseals what is read. */
export function sealedStore(
  store: EventStore,
  { keys, masters, types, noticeWithin }: SealedBy<KeyStore>,
): SealedStore {
  const ring = new KeyRing({ reader: keys, masters, noticeWithin, now: Date.now });
  const pools = new KeyPools(keys, ring, masters);
  return new SealedStore({ store, types: new PersonalTypes(types), keys, ring, pools });
}

/** Unseals what is read of an event store. */
export function unsealedLog(
  log: ReadableStore,
  { keys, masters, types, noticeWithin }: SealedBy<KeyReader>,
): UnsealedLog {
  return new UnsealedLog(
    log,
    new PersonalTypes(types),
    new KeyRing({ reader: keys, masters, noticeWithin, now: Date.now }),
  );
}
