import type { RecordTypeName } from '@sillage/contracts';
import type { ViewReader } from '@sillage/view-store';
import { toCursor } from '../query/cursor.js';
import { parseListQuery } from '../query/list-query.js';
import type { Answer, Parameter, ReadScope } from '../read-models.js';
import { ownerConditions } from '../scope/owner-conditions.js';
import { visibleDocuments, visibleView } from '../scope/visible-view.js';
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
  scope: ReadScope = {},
): Promise<Answer<string>> {
  const { query: asked, question, count } = parseListQuery(visibleView(RECORD_VIEWS[type], scope), tenant, parameters);
  // Not part of the question: a cursor goes on when somebody joins the team.
  const query = { ...asked, conditions: [...asked.conditions, ...ownerConditions(scope)] };
  const [{ documents, next, position }, total] = await Promise.all([
    reader.find(type, query),
    count ? reader.count(type, query, MOST_COUNTED + 1) : undefined,
  ]);
  const nextCursor = next === undefined ? null : toCursor(question, next);
  // The documents are JSON already: a page is put together, not parsed and written again.
  const body = `{"items":[${visibleDocuments(documents, scope).join(',')}],"nextCursor":${JSON.stringify(nextCursor)}${totalMember(total)}}`;
  return { body, position };
}

function totalMember(total: number | undefined): string {
  if (total === undefined) return '';
  return total > MOST_COUNTED ? `,"totalIsAtLeast":${MOST_COUNTED}` : `,"total":${total}`;
}
