import type { EventStore } from '@sillage/event-store';
import { type Host, StartupError } from '@sillage/platform';

/** Opens the event store of a process. Throws until it is there, StartupError when waiting would not help. */
export type OpenStore = (host: Host) => Promise<EventStore>;

/** The event store of the distributed profile. */
export const openEventStore: OpenStore = async () => {
  throw new StartupError('This build has no adapter for EventStoreDB');
};
