import { targetOf } from '../condition-target.js';
import { indexedCondition } from '../indexed-condition.js';
import type { Condition, Filter } from '../query.js';
import { ANY_KEY, type KeyFilter, narrowed } from './key-filter.js';
import type { Column, FieldLayout, ViewLayout } from './layout.js';
import { MatchExpression } from './match-expression.js';
import { TenantTerms } from './tenant-terms.js';
import { requireWordBeginning, type TokensBeginning } from './word-tokens.js';

/** A condition on a column, with values as the column holds them. */
export interface ColumnCondition {
  readonly column: Column;
  readonly condition: Condition;
}

/** The conditions on the columns of one field, if any. */
export interface ColumnFilter {
  readonly field: FieldLayout;
  readonly conditions: readonly ColumnCondition[];
}

/** A filter, taken apart by what answers each part of it. All parts hold for a document that matches. */
export interface CompiledFilter {
  readonly tenant: number;
  readonly deleted: boolean;
  /** For the full-text index. */
  readonly match: MatchExpression;
  /** For the key. */
  readonly keys: KeyFilter;
  /** For the columns, by field. */
  readonly columns: readonly ColumnFilter[];
}

/**
 * Takes a filter apart. Undefined when no document can match.
 * @throws QueryNotDeclared when the view has no such field, or the field no such condition.
 */
export function compileFilter(
  layout: ViewLayout,
  tenant: number,
  filter: Filter,
  tokensBeginning: TokensBeginning,
): CompiledFilter | undefined {
  const terms = new TenantTerms(tenant, filter.deleted);
  const match = new MatchExpression(terms.everything);
  const columns = new Map<FieldLayout, ColumnCondition[]>();
  let keys = ANY_KEY;
  for (const condition of filter.conditions) {
    const target = targetOf(layout.view, condition);
    const field = layout.fields.find(({ path }) => path === target.path);
    if (target.path === 'createdAt' || !field) {
      keys = narrowed(keys, condition);
      continue;
    }
    const indexed = indexedCondition(terms, target, field, condition);
    if (indexed.by === 'any-of') match.anyOf(indexed.tokens);
    else if (indexed.by === 'none-of') match.noneOf(indexed.tokens);
    else {
      const onColumn = { column: columnOf(field, indexed.column), condition: indexed.condition };
      columns.set(field, [...(columns.get(field) ?? []), onColumn]);
    }
  }
  for (const word of filter.words) requireWordBeginning(match, terms, word, tokensBeginning);
  if (match.matchesNothing || keys.range.first > keys.range.last) return undefined;
  return {
    tenant,
    deleted: filter.deleted,
    match,
    keys,
    columns: [...columns].map(([field, conditions]) => ({ field, conditions })),
  };
}

/** The column that a condition is about. */
function columnOf({ path, columns }: FieldLayout, place: 'first' | 'last'): Column {
  const column = columns.at(place === 'first' ? 0 : -1);
  if (!column) throw new Error(`field ${path} has no column`);
  return column;
}
