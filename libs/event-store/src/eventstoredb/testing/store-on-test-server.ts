import { afterEach, beforeEach } from '@jest/globals';
import { newId } from '@sillage/kernel';
import {
  type EventStoreDbEventStore,
  type EventStoreDbOptions,
  openEventStoreDb,
} from '../eventstoredb-event-store.js';
import type { TestServer } from './server/test-server.js';
import { startTestServer } from './server-under-test.js';

/** Gives each test of the block that it is made in a test server of its own, and stores on it. */
export class StoreOnTestServer {
  #server: TestServer | undefined;
  #stop: () => Promise<void> = async () => {};
  #opened: EventStoreDbEventStore[] = [];

  constructor() {
    beforeEach(async () => {
      const { server, stop } = await startTestServer();
      this.#server = server;
      this.#stop = stop;
    });
    afterEach(async () => {
      this.server.faults.thaw();
      await Promise.all(this.#opened.splice(0).map((store) => store.close()));
      await this.#stop();
    });
  }

  get server(): TestServer {
    if (!this.#server) throw new Error('there is a server only while a test runs');
    return this.#server;
  }

  /** Opens a store with a prefix of its own, unless one is given. */
  async open(options: Partial<EventStoreDbOptions> = {}): Promise<EventStoreDbEventStore> {
    const store = await openEventStoreDb({ url: this.server.url, prefix: `test-${newId()}.`, ...options });
    this.#opened.push(store);
    return store;
  }
}
