import type { JsonObject } from '@sillage/kernel';
import type { StoredDocument, View } from '@sillage/view-store';

/** How far the views of a tenant are: one document a tenant, under the tenant's own name. Internal. */
export const PROGRESS_VIEW: View = { name: 'progress', fields: { createdAt: { kind: 'instant', sortable: true } } };

/** Every view has an order of creation; nobody reads this one by it, so that it need not be read before it is written. */
const NO_MATTER_WHEN = '1970-01-01T00:00:00.000Z';

/** The document behind an event, which is the newest one of its tenant that the views hold. */
export function progressOf(tenant: string, position: number, at: string): StoredDocument & { readonly view: string } {
  const document = { id: tenant, createdAt: NO_MATTER_WHEN, at };
  return { view: PROGRESS_VIEW.name, tenant, id: tenant, ordinal: 0, position, deleted: false, document };
}

/** The time of the newest event in a tenant's views, as an instant in UTC; null before the first. */
export function newestAt(document: JsonObject | undefined): string | null {
  return typeof document?.at === 'string' ? document.at : null;
}
