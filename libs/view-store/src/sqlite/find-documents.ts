import { requireSortable } from '../condition-target.js';
import type { Filter, Page, PageKey, Query } from '../query.js';
import { chooseCountPlan, choosePagePlan } from './choose-plan.js';
import { type CompiledFilter, compileFilter } from './compile-filter.js';
import { compileCount, compilePage } from './compile-query.js';
import type { Connection, Row } from './connection.js';
import type { FieldLayout, ViewLayout } from './layout.js';
import { pageParts, type Values } from './page-parts.js';
import { raw, sql } from './sql.js';
import type { Tenant } from './tenants.js';
import type { TokensBeginning } from './word-tokens.js';

/** Up to so many words with the same beginning are asked for one by one. */
const MOST_WORDS = 64;

/**
 * A page of a tenant's documents. Reads several times: within one transaction, to be of one state.
 * @throws QueryNotDeclared, Problem `invalid-cursor`
 */
export function findPage(
  connection: Connection,
  layout: ViewLayout,
  tenant: Tenant,
  query: Query,
): Pick<Page, 'documents' | 'next'> {
  const { sort, limit, after } = query;
  requireSortable(layout.view, sort.field);
  const field = layout.fields.find(({ path, index }) => path === sort.field && index !== undefined);
  const filter = compileFilter(layout, tenant.number, query, tokensIn(connection, layout));
  const request = { columns: field?.columns ?? [], values: valuesOf(field, filter), descending: sort.descending };
  const parts = pageParts({ ...request, after });
  if (!filter) return { documents: [] };

  const view = { layout, filter };
  const plan = choosePagePlan(connection, view, field);
  const rows: Row[] = [];
  for (const part of parts) {
    // One more than the page holds tells whether another follows.
    const left = limit + 1 - rows.length;
    if (left > 0) rows.push(...connection.rows(compilePage(view, plan, { ...request, part, limit: left })));
  }
  const page = rows.slice(0, limit);
  const documents = page.map((row) => String(row.at(-1)));
  const last = page.at(-1);
  return last && rows.length > limit ? { documents, next: pageKeyOf(last) } : { documents };
}

/**
 * How many of a tenant's documents match, counting no further than `atMost`. Reads several times.
 * @throws QueryNotDeclared
 */
export function countDocuments(
  connection: Connection,
  layout: ViewLayout,
  tenant: Tenant,
  filter: Filter,
  atMost: number,
): number {
  const compiled = compileFilter(layout, tenant.number, filter, tokensIn(connection, layout));
  if (!compiled) return 0;
  const view = { layout, filter: compiled };
  return Number(connection.value(compileCount(view, chooseCountPlan(connection, view), atMost)));
}

/** The columns sorted by and the key: all but the document itself. */
function pageKeyOf(row: Row): PageKey {
  return row.slice(0, -1).map((value) => (typeof value === 'number' || value === null ? value : String(value)));
}

/** What the filter leaves of the values that are sorted by. */
function valuesOf(field: FieldLayout | undefined, filter: CompiledFilter | undefined): Values {
  const conditions = filter?.columns.find((columns) => columns.field === field)?.conditions ?? [];
  for (const { condition } of conditions) {
    if (condition.operator === 'exists') return condition.value ? 'present' : 'missing';
    if (condition.operator !== 'not-in') return 'present';
  }
  return 'any';
}

/** Looks up the tokens of a view that begin with a text, by going from one to the next. */
function tokensIn(connection: Connection, { vocabulary }: ViewLayout): TokensBeginning {
  return (start) => {
    const tokens: string[] = [];
    let from = start;
    for (;;) {
      const token = connection.value(sql`SELECT term FROM ${raw(vocabulary)} WHERE term >= ${from} LIMIT 1`);
      if (typeof token !== 'string' || !token.startsWith(start)) return tokens;
      if (tokens.length === MOST_WORDS) return undefined;
      tokens.push(token);
      // No token has a character below this one, so nothing lies between.
      from = `${token}\u0001`;
    }
  };
}
