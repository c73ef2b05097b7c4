import type { EventLog } from '@sillage/event-store';
import { ONLY_TENANT } from '@sillage/gateway';
import type { Metrics } from '@sillage/platform';
import type { ReadModels } from '@sillage/reporting';

/**
 * Tells how far the views are behind the log. Its positions count events: it is the log in SQLite. All tenants are in one
 * partition there, so the position of any is that of the views.
 */
export function watchProjector(
  metrics: Metrics,
  { store, views }: { readonly store: EventLog; readonly views: { readonly readModels: ReadModels } },
): void {
  metrics.watchLag('projector', async () => {
    const after = await views.readModels.position(ONLY_TENANT);
    const events = (await store.head()) - after;
    const [oldest] = events > 0 ? await store.readAll({ after, limit: 1 }) : [];
    const seconds = oldest === undefined ? 0 : Math.max(0, Date.now() - Date.parse(oldest.metadata.at)) / 1_000;
    return { events: Math.max(0, events), seconds };
  });
}
