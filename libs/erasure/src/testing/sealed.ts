import type { EventStore } from '@sillage/event-store';
import type { RecordType } from '@sillage/kernel';
import type { KeyStore } from '../key-store.js';
import { MasterKeys } from '../keys/master-keys.js';
import { sealedStore } from '../sealing/open.js';
import type { SealedStore } from '../sealing/sealed-store.js';

/** A store that seals the events of another one, as a process opens it. */
export function sealing(
  store: EventStore,
  keys: KeyStore,
  types: readonly RecordType[],
  noticeWithin = 0,
): SealedStore {
  return sealedStore(store, { keys, masters: new MasterKeys([Buffer.alloc(32, 7)]), types, noticeWithin });
}
