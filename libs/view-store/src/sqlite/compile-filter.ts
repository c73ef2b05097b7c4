import { type ConditionTarget, targetOf } from '../condition-target.js';
import type { Condition, Filter, Scalar } from '../query.js';
import { comparable } from './column-values.js';
import { ANY_KEY, type KeyFilter, narrowed } from './key-filter.js';
import type { Column, FieldLayout, ViewLayout } from './layout.js';
import { MatchExpression } from './match-expression.js';
import { absenceIsATerm, Terms } from './terms.js';
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
  const terms = new Terms(tenant, filter.deleted);
  const match = new MatchExpression(terms.everything);
  const columns = new Map<FieldLayout, ColumnCondition[]>();
  let keys = ANY_KEY;
  for (const condition of filter.conditions) {
    const target = targetOf(layout.view, condition);
    const field = layout.fields.find(({ path }) => path === target.path);
    if (target.path === 'createdAt' || !field) keys = narrowed(keys, condition);
    else if (isAnsweredByTerms(target, field, condition)) addTermCondition(match, terms, target, field, condition);
    else columns.set(field, [...(columns.get(field) ?? []), columnCondition(target, field, condition)]);
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

function isAnsweredByTerms(target: ConditionTarget, field: FieldLayout, { operator }: Condition): boolean {
  switch (field.kind) {
    case 'number':
    case 'instant':
    case 'date':
    case 'money':
      return operator === 'exists' && target.of === 'field' && absenceIsATerm(field);
    default:
      return true;
  }
}

function addTermCondition(
  match: MatchExpression,
  terms: Terms,
  target: ConditionTarget,
  field: FieldLayout,
  condition: Condition,
): void {
  const tokenOf = (value: Scalar) =>
    target.of === 'open-key' ? terms.openValue(field, target.key, String(value)) : terms.value(field, String(value));
  switch (condition.operator) {
    case 'in':
      match.anyOf(condition.values.map(tokenOf));
      break;
    case 'not-in':
      match.noneOf(condition.values.map(tokenOf));
      break;
    case 'exists': {
      // Of a field there is a token for its absence, of a key of an open one for its presence.
      const required = target.of === 'open-key' ? condition.value : !condition.value;
      const token = target.of === 'open-key' ? terms.openKey(field, target.key) : terms.absent(field);
      if (required) match.anyOf([token]);
      else match.noneOf([token]);
    }
  }
}

function columnCondition(target: ConditionTarget, field: FieldLayout, condition: Condition): ColumnCondition {
  // Of money, the currency is the first column and the amount the last, and both are there or none.
  const ofFirst = target.of === 'currency' || condition.operator === 'exists';
  const column = field.columns.at(ofFirst ? 0 : -1);
  if (!column) throw new Error(`field ${field.path} has no column`);
  switch (condition.operator) {
    case 'in':
    case 'not-in':
      return {
        column,
        condition: { ...condition, values: condition.values.map((value) => comparable(field.kind, value)) },
      };
    case 'exists':
      return { column, condition };
    default:
      return { column, condition: { ...condition, value: comparable(field.kind, condition.value) } };
  }
}
