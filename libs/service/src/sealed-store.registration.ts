import {
  type KeyStore,
  MasterKeyMissing,
  MasterKeys,
  requireMasterKeys,
  type SealedStore,
  sealedStore,
} from '@sillage/erasure';
import { openMongoKeyStore } from '@sillage/erasure/mongodb';
import { type Host, keysDatabase, requiredMasterKeys, StartupError } from '@sillage/platform';
import { RECORD_TYPES } from '@sillage/record-types';
import { openMongoDatabase } from '@sillage/view-store/mongodb';
import { type OpenStore, openEventStore } from './event-store.registration.js';

/** Opens the keys of a process. Throws until they are there, StartupError when waiting would not help. */
export type OpenKeys = (host: Host) => Promise<KeyStore>;

/** What a process works on: the event store, and the keys by which what it says of persons is sealed. */
export interface SealedStores {
  readonly store: SealedStore;
  readonly keys: KeyStore;
}

export interface Openers {
  readonly openStore?: OpenStore;
  readonly openKeys?: OpenKeys;
}

/** Milliseconds after which no process uses a key any more that another one has erased. */
const NOTICE_WITHIN = 500;

/** The keys of the distributed profile. */
export const openKeyStore: OpenKeys = async ({ environment }) =>
  openMongoKeyStore(await openMongoDatabase(keysDatabase(environment)));

/**
 * Opens both, waiting for them, and closes them when the process ends.
 * @throws StartupError when no master key is given, or not the one by which the keys are wrapped.
 */
export async function openSealedStore(
  host: Host,
  { openStore = openEventStore, openKeys = openKeyStore }: Openers = {},
): Promise<SealedStores> {
  const masters = new MasterKeys(requiredMasterKeys(host.environment));
  const store = await host.waitFor('event store', () => openStore(host));
  host.shutdown.add('stores', 'the event store', () => store.close());
  const keys = await host.waitFor('keys', () => openKeys(host));
  host.shutdown.add('stores', 'the keys', () => keys.close());
  try {
    await requireMasterKeys(keys, masters);
  } catch (error) {
    if (error instanceof MasterKeyMissing) throw new StartupError(error.message, { cause: error });
    throw error;
  }
  return { store: sealedStore(store, { keys, masters, types: RECORD_TYPES, noticeWithin: NOTICE_WITHIN }), keys };
}
