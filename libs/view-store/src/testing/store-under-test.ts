import { afterEach, beforeEach } from '@jest/globals';
import type { Schema } from '../view.js';
import type { ViewStore } from '../view-store.js';

/** Where the store of one test lives. */
export interface StoreUnderTest {
  /** Opens the store; again after it was closed, it is what a restart of the process would find. */
  open(): Promise<ViewStore>;
  /** Removes what was stored. The store is closed by then. */
  remove(): Promise<void>;
}

/** Prepares an empty store for one test. */
export type OpenStoreUnderTest = (schema: Schema) => Promise<StoreUnderTest>;

/** Gives each test of the block that it is made in a store of its own, and closes and removes it afterwards. */
export class StoreOfTest {
  #place: StoreUnderTest | undefined;
  #store: ViewStore | undefined;

  constructor(open: OpenStoreUnderTest, schema: Schema) {
    beforeEach(async () => {
      this.#place = await open(schema);
      this.#store = await this.#place.open();
    });
    afterEach(async () => {
      await this.#store?.close();
      await this.#place?.remove();
    });
  }

  get store(): ViewStore {
    if (!this.#store) throw new Error('there is a store only while a test runs');
    return this.#store;
  }

  /** Closes the store and opens it again. */
  async restart(): Promise<ViewStore> {
    await this.#store?.close();
    this.#store = await this.#place?.open();
    return this.store;
  }
}
