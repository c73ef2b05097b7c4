import type { StoredDocument, ViewReader } from '@sillage/view-store';
import { ACCOUNT_TOTALS_VIEW } from '../views/account-totals.js';
import { DocumentSet } from './document-set.js';
import type { RecordEvent } from './record-event.js';

/** Reads the documents that events may change: their records, then the totals of the accounts before and after. */
export async function touchedDocuments(
  reader: Pick<ViewReader, 'get'>,
  events: readonly RecordEvent[],
): Promise<DocumentSet<StoredDocument>> {
  const [records, totals] = [new Wanted(), new Wanted()];
  for (const { type, tenant, id, revision, record } of events) {
    // Nothing is there before a record's first event.
    if (revision > 0) records.add(type, tenant, id);
    if (type === 'accounts') totals.add(ACCOUNT_TOTALS_VIEW.name, tenant, id);
    if (type === 'opportunities') totals.add(ACCOUNT_TOTALS_VIEW.name, tenant, record.accountId);
  }
  const found = new DocumentSet<StoredDocument>();
  await records.read(reader, (view, document) => {
    found.set(view, document);
    const {
      tenant,
      document: { accountId },
    } = document;
    if (view === 'opportunities') totals.add(ACCOUNT_TOTALS_VIEW.name, tenant, accountId);
  });
  await totals.read(reader, (view, document) => found.set(view, document));
  return found;
}

/** Ids to read, by view and tenant. */
class Wanted {
  private readonly views = new Map<string, Map<string, Set<string>>>();

  add(view: string, tenant: string, id: unknown): void {
    if (typeof id !== 'string') return;
    const tenants = this.views.get(view) ?? new Map<string, Set<string>>();
    const ids = tenants.get(tenant) ?? new Set<string>();
    if (ids.size === 0) this.views.set(view, tenants.set(tenant, ids));
    ids.add(id);
  }

  async read(reader: Pick<ViewReader, 'get'>, found: (view: string, document: StoredDocument) => void): Promise<void> {
    const reads = [...this.views].flatMap(([view, tenants]) =>
      [...tenants].map(async ([tenant, ids]) => {
        for (const document of await reader.get(view, tenant, [...ids])) found(view, document);
      }),
    );
    await Promise.all(reads);
  }
}
