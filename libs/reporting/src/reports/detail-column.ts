import type { JsonObject, Money } from '@sillage/kernel';

/**
 * A column of a report's detail, which has one row a record:
 * - `text`: a text or nothing
 * - `account`, `client`: the record of which a field holds the id, shown as id and name
 * - `money`: an amount or nothing; `amounts`: one for each currency
 */
export type DetailColumn =
  | { readonly name: string; readonly kind: 'text'; readonly value: (document: JsonObject) => string | null }
  | { readonly name: string; readonly kind: 'account' | 'client'; readonly field: string }
  | { readonly name: string; readonly kind: 'money'; readonly value: (document: JsonObject) => Money | null }
  | { readonly name: string; readonly kind: 'amounts'; readonly value: (document: JsonObject) => readonly Money[] };

/** A column that shows a text field of the same name. */
export function textColumn(name: string): DetailColumn {
  return { name, kind: 'text', value: (document) => (typeof document[name] === 'string' ? document[name] : null) };
}
