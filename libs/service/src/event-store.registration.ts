import type { EventStore } from '@sillage/event-store';
import { type EventStoreDbEventStore, openEventStoreDb } from '@sillage/event-store/eventstoredb';
import { eventStoreUrl, type Host, streamPrefix } from '@sillage/platform';

/** Opens the event store of a process. Throws until it is there, StartupError when waiting would not help. */
export type OpenStore = (host: Host) => Promise<EventStore>;

/** Milliseconds between two looks at whether the store can be reached, which readiness tells. */
const LOOK_EVERY = 5_000;

/** The event store of the distributed profile. */
export const openEventStore: OpenStore = async (host) => {
  const url = eventStoreUrl(host.environment);
  const prefix = streamPrefix(host.environment);
  const store = await openEventStoreDb({
    url,
    ...(prefix === undefined ? {} : { prefix }),
    onInterruption: (reason) => host.logger.warn({ reason }, 'a subscription of the event store is taken up again'),
  });
  watchReachability(host, store);
  return store;
};

function watchReachability({ readiness }: Host, store: EventStoreDbEventStore): void {
  let isReachable = true;
  readiness.check('event store', () => isReachable);
  const watch = setInterval(async () => {
    isReachable = await store.isReachable();
  }, LOOK_EVERY);
  watch.unref();
}
