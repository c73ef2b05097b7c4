import type { Collection } from 'mongodb';
import { requireSortable } from '../condition-target.js';
import type { Filter, Page, PageKey, Query } from '../query.js';
import type { StoredDocument } from '../view-store.js';
import { answering } from './answering.js';
import { compileFilter } from './compile-filter.js';
import type { Column, ViewLayout } from './layout.js';
import { pageParts, sortPaths } from './page-parts.js';
import { type DocumentRecord, documentOf } from './records.js';

type Documents = Collection<DocumentRecord>;

/** All that a page needs of a record. */
type PageRecord = Pick<DocumentRecord, 'by' | 'created' | 'ordinal' | 'document'>;

/** What tells a document apart and holds it, without what it is found by. */
const STORED = { deleted: 1, ordinal: 1, position: 1, document: 1 } as const;

/** How many documents a scan fetches at a time. */
const CHUNK = 500;

export async function getDocuments(
  documents: Documents,
  tenant: string,
  ids: readonly string[],
): Promise<readonly StoredDocument[]> {
  if (ids.length === 0) return [];
  const _ids = [...new Set(ids)].map((id) => ({ tenant, id }));
  const found = await answering((limits) =>
    documents.find({ _id: { $in: _ids } }, { ...limits, projection: STORED }).toArray(),
  );
  return found.map(documentOf);
}

/** @throws QueryNotDeclared, Problem `invalid-cursor` */
export async function findPage(
  documents: Documents,
  layout: ViewLayout,
  query: Query,
): Promise<Pick<Page, 'documents' | 'next'>> {
  const { sort, limit, after } = query;
  requireSortable(layout.view, sort.field);
  const columns = layout.fields.find(({ path, index }) => path === sort.field && index !== undefined)?.columns ?? [];
  const filter = compileFilter(layout, query);
  const parts = pageParts({ columns, descending: sort.descending, after });
  const inOrder = sortPaths(columns).map((path) => [path, sort.descending ? -1 : 1] as [string, 1 | -1]);
  const projection = Object.fromEntries(['document', ...sortPaths(columns)].map((path) => [path, 1]));

  const records = await answering(async (limits) => {
    const found: PageRecord[] = [];
    for (const part of parts) {
      // One more than the page holds tells whether another follows.
      const left = limit + 1 - found.length;
      if (left === 0) break;
      const cursor = documents.find({ $and: [filter, part] }, { ...limits, projection, sort: inOrder, limit: left });
      found.push(...(await cursor.toArray()));
    }
    return found;
  });
  const page = records.slice(0, limit);
  const texts = page.map(({ document }) => document);
  const last = page.at(-1);
  return last && records.length > limit ? { documents: texts, next: pageKeyOf(columns, last) } : { documents: texts };
}

/** @throws QueryNotDeclared */
export function countDocuments(
  documents: Documents,
  layout: ViewLayout,
  filter: Filter,
  atMost: number,
): Promise<number> {
  const matching = compileFilter(layout, filter);
  return answering((limits) => documents.countDocuments(matching, { ...limits, limit: atMost }));
}

/** The documents of a view by tenant, then id. Takes as long as it takes. */
export async function* scanDocuments(documents: Documents): AsyncGenerator<StoredDocument> {
  for await (const record of documents.find({}, { projection: STORED, sort: { _id: 1 }, batchSize: CHUNK }))
    yield documentOf(record);
}

function pageKeyOf(columns: readonly Column[], { by, created, ordinal }: PageRecord): PageKey {
  return [...columns.map(({ name }) => by[name] ?? null), created, ordinal];
}
