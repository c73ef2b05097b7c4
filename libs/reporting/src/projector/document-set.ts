import type { StoredDocument } from '@sillage/view-store';

/** Documents in memory, by view, tenant and id. */
export class DocumentSet<Document extends StoredDocument> {
  private readonly views = new Map<string, Map<string, Map<string, Document>>>();

  get(view: string, tenant: string, id: string): Document | undefined {
    return this.views.get(view)?.get(tenant)?.get(id);
  }

  set(view: string, document: Document): void {
    const tenants = this.views.get(view) ?? new Map<string, Map<string, Document>>();
    const ids = tenants.get(document.tenant) ?? new Map<string, Document>();
    if (ids.size === 0) this.views.set(view, tenants.set(document.tenant, ids));
    ids.set(document.id, document);
  }

  *values(): Iterable<Document> {
    for (const tenants of this.views.values()) for (const ids of tenants.values()) yield* ids.values();
  }
}
