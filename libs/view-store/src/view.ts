/**
 * What a field of a view is, which decides how it is filtered, compared and sorted:
 * - `keyword`: a short text, equal or not; sorts by its folded form (case and accents aside), then as written
 * - `text`: a long text, only searched and asked for existence
 * - `number`, `instant` (RFC 3339 in UTC with milliseconds), `date` (`YYYY-MM-DD`): compare by value
 * - `money`: `{value, currency}`; compares in minor units of one currency, sorts by currency, then value; its currency
 *   is filtered as `<field>.currency`
 * - `reference`: the id of another record
 * - `keywords`: a list of keywords; `in` holds when one of them is among the values, `not-in` when none is
 * - `open`: an object whose keys nobody declared; `<field>.<key>` is filtered by equality of the value as text, and all
 *   that stands behind `<field>.` is the key. Values are texts, numbers and truths; only texts are searched
 */
export type FieldKind =
  | 'keyword'
  | 'text'
  | 'number'
  | 'instant'
  | 'date'
  | 'money'
  | 'reference'
  | 'keywords'
  | 'open';

export interface ViewField {
  readonly kind: FieldKind;
  /** An index keeps the order, so that a page costs the same wherever it lies. Never of `text`, `keywords`, `open`. */
  readonly sortable?: boolean;
  /** Its words are found by a search. */
  readonly searched?: boolean;
}

/**
 * A view: one document a record, found by its declared fields. A field's name is its path in the document
 * (`address.city`). Every view has `createdAt`, sortable, which is also its order unless another is asked for; it never
 * changes once a document is written.
 */
export interface View {
  readonly name: string;
  readonly fields: { readonly [path: string]: ViewField };
}

/** Sums over documents, kept cell by cell: one cell for each combination of values of the dimensions that occurs. */
export interface Cube {
  readonly name: string;
  readonly dimensions: readonly string[];
}

/** Everything that one store of views holds. */
export interface Schema {
  readonly views: readonly View[];
  readonly cubes: readonly Cube[];
}
