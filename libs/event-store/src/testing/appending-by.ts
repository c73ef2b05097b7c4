import type { EventStore } from '../event-store.js';

/** The store, with appends done in another way: for tests of what an append may do. */
export function appendingBy(store: EventStore, append: EventStore['append']): EventStore {
  return {
    append,
    read: (stream, from) => store.read(stream, from),
    readLast: (stream) => store.readLast(stream),
    readAll: (options) => store.readAll(options),
    subscribe: (options) => store.subscribe(options),
    head: () => store.head(),
    keepLast: (stream, count) => store.keepLast(stream, count),
    close: () => store.close(),
  };
}
