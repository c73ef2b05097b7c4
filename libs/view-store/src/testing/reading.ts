import type { JsonObject } from '@sillage/kernel';
import type { PageKey, Query } from '../query.js';
import type { ViewReader } from '../view-store.js';
import { DEALS } from './samples.js';

/** The ids of the deals on one page. */
export async function idsOnPage(store: ViewReader, query: Query): Promise<readonly string[]> {
  const { documents } = await store.find(DEALS.name, query);
  return documents.map(idOf);
}

/** The ids of all deals that match, page by page, each page no longer than the query's limit. */
export async function idsOnAllPages(store: ViewReader, query: Query): Promise<readonly string[]> {
  const ids: string[] = [];
  let after: PageKey | undefined;
  do {
    const page = await store.find(DEALS.name, after ? { ...query, after } : query);
    if (page.documents.length > query.limit) throw new Error('a page holds more than its limit');
    if (page.next && page.documents.length < query.limit) throw new Error('a page that is not the last is not full');
    ids.push(...page.documents.map(idOf));
    // As a caller would send it back, by way of a cursor.
    after = page.next && JSON.parse(JSON.stringify(page.next));
  } while (after);
  return ids;
}

function idOf(json: string): string {
  const document: JsonObject = JSON.parse(json);
  return String(document.id);
}

export async function allOf<T>(items: AsyncIterable<T>): Promise<readonly T[]> {
  const all: T[] = [];
  for await (const item of items) all.push(item);
  return all;
}
