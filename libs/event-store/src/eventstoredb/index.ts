export {
  type EventStoreDbEventStore,
  type EventStoreDbOptions,
  openEventStoreDb,
} from './eventstoredb-event-store.js';
