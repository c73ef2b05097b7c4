import type { Condition } from './query.js';
import type { FieldKind, View } from './view.js';

export type Operator = Condition['operator'];

const EQUALITY = ['in', 'not-in', 'exists'] as const satisfies readonly Operator[];
const COMPARISON = [...EQUALITY, 'gt', 'gte', 'lt', 'lte'] as const satisfies readonly Operator[];

/** The operators that a condition on a field of each kind may use. */
export const OPERATORS: { readonly [kind in FieldKind]: readonly Operator[] } = {
  keyword: EQUALITY,
  reference: EQUALITY,
  keywords: EQUALITY,
  open: ['exists'],
  text: ['exists'],
  number: COMPARISON,
  instant: COMPARISON,
  date: COMPARISON,
  money: COMPARISON,
};

/** What a condition is about: a field itself, the currency of one of money, or one key of an open one. */
export type ConditionTarget =
  | { readonly of: 'field'; readonly path: string; readonly kind: FieldKind; readonly operators: readonly Operator[] }
  | { readonly of: 'currency'; readonly path: string; readonly operators: readonly Operator[] }
  | { readonly of: 'open-key'; readonly path: string; readonly key: string; readonly operators: readonly Operator[] };

/** A query asks for what its view or cube does not declare: whoever made the query ought to have known. */
export class QueryNotDeclared extends Error {
  constructor(declared: { readonly name: string }, fault: string) {
    super(`${declared.name}: ${fault}`);
    this.name = 'QueryNotDeclared';
  }
}

/** What the name of a field in a condition means in a view; undefined when the view declares no such field. */
export function conditionTarget(view: View, name: string): ConditionTarget | undefined {
  const field = Object.hasOwn(view.fields, name) ? view.fields[name] : undefined;
  if (name === 'createdAt') return { of: 'field', path: name, kind: 'instant', operators: COMPARISON };
  if (field) return { of: 'field', path: name, kind: field.kind, operators: OPERATORS[field.kind] };
  for (let dot = name.lastIndexOf('.'); dot > 0; dot = name.lastIndexOf('.', dot - 1)) {
    const [path, rest] = [name.slice(0, dot), name.slice(dot + 1)];
    const kind = Object.hasOwn(view.fields, path) ? view.fields[path]?.kind : undefined;
    if (kind === 'money' && rest === 'currency') return { of: 'currency', path, operators: EQUALITY };
    if (kind === 'open') return { of: 'open-key', path, key: rest, operators: EQUALITY };
  }
  return undefined;
}

/**
 * The same for a condition as a whole.
 * @throws QueryNotDeclared when the view has no such field, or its kind no such operator.
 */
export function targetOf(view: View, condition: Condition): ConditionTarget {
  const target = conditionTarget(view, condition.field);
  if (!target) throw new QueryNotDeclared(view, `no field ${condition.field}`);
  if (!target.operators.includes(condition.operator))
    throw new QueryNotDeclared(view, `no condition ${condition.operator} on ${condition.field}`);
  return target;
}

/**
 * Makes sure that a view keeps the order of a field.
 * @throws QueryNotDeclared
 */
export function requireSortable(view: View, field: string): void {
  if (field === 'createdAt') return;
  if (!Object.hasOwn(view.fields, field) || !view.fields[field]?.sortable)
    throw new QueryNotDeclared(view, `${field} is not sortable`);
}
