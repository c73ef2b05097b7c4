import { afterAll } from '@jest/globals';
import { newId } from '@sillage/kernel';
import { eventStoreContract } from '../testing/index.js';
import { openEventStoreDb } from './eventstoredb-event-store.js';
import { startServerUnderTest } from './testing/server-under-test.js';

const server = await startServerUnderTest();
afterAll(() => server.stop());

eventStoreContract(server.name, async () => {
  // A prefix of its own makes a store of its own. What a real server was given stays there.
  const prefix = `sillage-test-${newId()}.`;
  return {
    open: () => openEventStoreDb({ url: server.url, prefix }),
    remove: async () => {},
  };
});
