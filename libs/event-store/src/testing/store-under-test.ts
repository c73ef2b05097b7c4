import { afterEach, beforeEach } from '@jest/globals';
import type { EventStore } from '../event-store.js';

/** Where the store of one test lives. */
export interface StoreUnderTest {
  /** Opens the store; again after it was closed, it is what a restart of the process would find. */
  open(): Promise<EventStore>;
  /** Removes what was stored, as far as that is possible. The store is closed by then. */
  remove(): Promise<void>;
}

/** Prepares a store for one test. It may already hold events of others. */
export type OpenStoreUnderTest = () => Promise<StoreUnderTest>;

/** Gives each test of the block that it is made in a store of its own, and closes and removes it afterwards. */
export class StoreOfTest {
  #place: StoreUnderTest | undefined;
  #store: EventStore | undefined;

  constructor(open: OpenStoreUnderTest) {
    beforeEach(async () => {
      this.#place = await open();
      this.#store = await this.#place.open();
    });
    afterEach(async () => {
      await this.#store?.close();
      await this.#place?.remove();
    });
  }

  get store(): EventStore {
    if (!this.#store) throw new Error('there is a store only while a test runs');
    return this.#store;
  }

  /** Closes the store and opens it again. */
  async restart(): Promise<EventStore> {
    await this.#store?.close();
    this.#store = await this.#place?.open();
    return this.store;
  }
}
