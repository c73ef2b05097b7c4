/**
 * A condition on one field of a view, or on one dimension of a cube. Values are those of the field's kind: texts,
 * numbers, and for money minor units (then a condition on `<field>.currency` stands beside it). Which operators a kind
 * of field takes is in `OPERATORS`; dimensions take all.
 * - `in`: equal to one of the values
 * - `not-in`: equal to none of them; a document without the field meets it
 * - `gt`, `gte`, `lt`, `lte`: a document without the field never meets it
 * - `exists`: whether there is a value; an empty list and an empty object are none, an empty text is one
 */
export type Condition =
  | { readonly field: string; readonly operator: 'in' | 'not-in'; readonly values: readonly Scalar[] }
  | { readonly field: string; readonly operator: 'gt' | 'gte' | 'lt' | 'lte'; readonly value: Scalar }
  | { readonly field: string; readonly operator: 'exists'; readonly value: boolean };

export type Scalar = string | number;

export interface Sort {
  readonly field: string;
  readonly descending: boolean;
}

/**
 * Where a page ended: the sort values of its last document. Opaque to everybody but the adapter that gave it, and good
 * for lists of the same sort only; an adapter answers any other with the Problem `invalid-cursor`.
 */
export type PageKey = readonly (Scalar | null)[];

/** Which documents of a view: all conditions hold, and each word is a prefix of some searched word. */
export interface Filter {
  readonly tenant: string;
  readonly conditions: readonly Condition[];
  /** As `queryWords` gives them. */
  readonly words: readonly string[];
  /** Only documents that are deleted, or only those that are not. */
  readonly deleted: boolean;
}

/**
 * Documents in the order of one sortable field; those without the field come last in either direction. Ties, and the
 * whole order when it is by `createdAt`, go by `createdAt`, then by `ordinal`, in the direction of the sort. Texts
 * compare by code point.
 */
export interface Query extends Filter {
  readonly sort: Sort;
  readonly limit: number;
  /** Continues behind the page that ended here. */
  readonly after?: PageKey;
}

export interface Page {
  /** Each document as JSON text, encoded once when it was written. */
  readonly documents: readonly string[];
  /** Absent on the last page. */
  readonly next?: PageKey;
  /** Up to which event of the log the page is, at least: the `positionOf` its tenant. */
  readonly position: number;
}
