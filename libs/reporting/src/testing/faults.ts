import type { ViewStore } from '@sillage/view-store';

/** Throws where a fault is wanted: before a batch is written, or behind it, when the caller never learns that it was. */
export type Fault = (moment: 'before' | 'after') => void;

/** Lets the writes of a store fail: `at` is asked at each of them. */
export class Faults {
  at: Fault = () => {};

  constructor(store: ViewStore) {
    const apply = store.apply.bind(store);
    store.apply = async (batch) => {
      this.at('before');
      await apply(batch);
      this.at('after');
    };
  }
}
