import type { ListedField, ListedView } from '../views/record-views.js';

/** What a parameter may filter by: the fields of a view, the currency within an amount, the dimensions of a report. */
export interface FilterField {
  readonly kind: FilterKind;
  /** The values that it can have, where these are fixed. */
  readonly choices?: readonly string[];
}

export type FilterKind = ListedField['kind'] | 'month' | 'currency';

/** By path. */
export type FilterFields = { readonly [path: string]: FilterField };

/** How a parameter compares: `owner=` is `eq`, `owner.ne=` is `ne`. */
export type Operator = 'eq' | 'ne' | 'gt' | 'gte' | 'lt' | 'lte' | 'exists';

const EQUALITY = ['eq', 'ne', 'exists'] as const;
const ORDER = ['eq', 'ne', 'gt', 'gte', 'lt', 'lte', 'exists'] as const;

/** The operators of a kind. What lies under the keys of an open object is only equal: any suffix is part of the key. */
export const OPERATORS: { readonly [kind in FilterKind]: readonly Operator[] } = {
  keyword: EQUALITY,
  reference: EQUALITY,
  keywords: EQUALITY,
  currency: EQUALITY,
  number: ORDER,
  instant: ORDER,
  date: ORDER,
  month: ORDER,
  money: ORDER,
  text: ['exists'],
  open: ['eq'],
};

/** What a view's lists may be filtered by. */
export function filterFields({ fields }: ListedView): FilterFields {
  const paths = Object.entries(fields).flatMap(([path, field]): readonly (readonly [string, FilterField])[] =>
    field.kind === 'money'
      ? [
          [path, field],
          [currencyPath(path), { kind: 'currency' }],
        ]
      : [[path, field]],
  );
  return Object.fromEntries(paths);
}

/** The path of the currency of a money field. */
export function currencyPath(money: string): string {
  return `${money}.currency`;
}
