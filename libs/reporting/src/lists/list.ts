import type { RecordTypeName } from '@sillage/contracts';
import type { ViewReader } from '@sillage/view-store';
import { toCursor } from '../query/cursor.js';
import { parseListQuery } from '../query/list-query.js';
import type { Answer, Parameter } from '../read-models.js';
import { RECORD_VIEWS } from '../views/record-views.js';

/** Counting further would cost more than the page itself. */
const MOST_COUNTED = 10_000;

/**
 * Answers a list: `{items, nextCursor}`, with `total` (or `totalIsAtLeast` beyond 10,000) when it is asked for.
 * @throws Problem when a parameter is not understood.
 */
export async function readList(
  reader: ViewReader,
  type: RecordTypeName,
  tenant: string,
  parameters: readonly Parameter[],
): Promise<Answer<string>> {
  const { query, question, count } = parseListQuery(RECORD_VIEWS[type], tenant, parameters);
  const [{ documents, next, position }, total] = await Promise.all([
    reader.find(type, query),
    count ? reader.count(type, query, MOST_COUNTED + 1) : undefined,
  ]);
  const nextCursor = next === undefined ? null : toCursor(question, next);
  // The documents are JSON already: a page is put together, not parsed and written again.
  const body = `{"items":[${documents.join(',')}],"nextCursor":${JSON.stringify(nextCursor)}${totalMember(total)}}`;
  return { body, position };
}

function totalMember(total: number | undefined): string {
  if (total === undefined) return '';
  return total > MOST_COUNTED ? `,"totalIsAtLeast":${MOST_COUNTED}` : `,"total":${total}`;
}
