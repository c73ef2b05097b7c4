import { MasterKeys, type UnsealedLog, unsealedLog } from '@sillage/erasure';
import { openMongoKeyStore } from '@sillage/erasure/mongodb';
import type { EventStore } from '@sillage/event-store';
import { type Environment, keysDatabase } from '@sillage/platform';
import { RECORD_TYPES } from '@sillage/record-types';
import { openMongoDatabase } from '@sillage/view-store/mongodb';
import { MASTER_KEY } from '../master-key.js';

/** The events of a whole Sillage as its processes read them, told by their variables where the keys are. */
export async function openUnsealed(
  store: EventStore,
  environment: Environment,
): Promise<{ readonly log: UnsealedLog; close(): Promise<void> }> {
  const database = keysDatabase({ ...environment, SILLAGE_INSECURE: 'true' });
  const keys = await openMongoKeyStore(await openMongoDatabase(database));
  const masters = new MasterKeys([Buffer.from(MASTER_KEY, 'base64')]);
  return {
    log: unsealedLog(store, { keys, masters, types: RECORD_TYPES, noticeWithin: 0 }),
    close: () => keys.close(),
  };
}
