import { comparable } from './column-values.js';
import type { ConditionTarget } from './condition-target.js';
import type { IndexedField } from './indexed-field.js';
import type { Condition, Scalar } from './query.js';
import { absenceIsATerm, type Terms } from './terms.js';

/** A condition as it is asked of what adapters index. */
export type IndexedCondition =
  /** The document has one of these tokens. */
  | { readonly by: 'any-of'; readonly tokens: readonly string[] }
  /** It has none of them. */
  | { readonly by: 'none-of'; readonly tokens: readonly string[] }
  /** The condition holds for the first or the last of the field's columns, and its values are as columns hold them. */
  | { readonly by: 'column'; readonly column: 'first' | 'last'; readonly condition: Condition };

/** What a condition on an indexed field asks of the index. (`createdAt` is in no index of a field.) */
export function indexedCondition(
  terms: Terms,
  target: ConditionTarget,
  field: IndexedField,
  condition: Condition,
): IndexedCondition {
  return isAnsweredByTerms(target, field, condition)
    ? termCondition(terms, target, field, condition)
    : columnCondition(target, field, condition);
}

function isAnsweredByTerms(target: ConditionTarget, field: IndexedField, { operator }: Condition): boolean {
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

function termCondition(
  terms: Terms,
  target: ConditionTarget,
  field: IndexedField,
  condition: Condition,
): IndexedCondition {
  const tokenOf = (value: Scalar) =>
    target.of === 'open-key' ? terms.openValue(field, target.key, String(value)) : terms.value(field, String(value));
  switch (condition.operator) {
    case 'in':
      return { by: 'any-of', tokens: condition.values.map(tokenOf) };
    case 'not-in':
      return { by: 'none-of', tokens: condition.values.map(tokenOf) };
    case 'exists': {
      // Of a field there is a token for its absence, of a key of an open one for its presence.
      const required = target.of === 'open-key' ? condition.value : !condition.value;
      const token = target.of === 'open-key' ? terms.openKey(field, target.key) : terms.absent(field);
      return { by: required ? 'any-of' : 'none-of', tokens: [token] };
    }
    default:
      throw new Error(`terms have no order, which ${condition.operator} on ${condition.field} asks for`);
  }
}

function columnCondition(target: ConditionTarget, { kind }: IndexedField, condition: Condition): IndexedCondition {
  // Of money, the currency is the first column and the amount the last, and both are there or none.
  const column = target.of === 'currency' || condition.operator === 'exists' ? 'first' : 'last';
  switch (condition.operator) {
    case 'in':
    case 'not-in': {
      const values = condition.values.map((value) => comparable(kind, value));
      return { by: 'column', column, condition: { ...condition, values } };
    }
    case 'exists':
      return { by: 'column', column, condition };
    default:
      return { by: 'column', column, condition: { ...condition, value: comparable(kind, condition.value) } };
  }
}
