import type { FieldKind } from './view.js';

/** A field of a view as an adapter keeps what is found and sorted by it. */
export interface IndexedField {
  readonly path: string;
  readonly kind: FieldKind;
  /** Its place among the fields of the view. */
  readonly number: number;
  /** The same, as the tokens of its terms carry it. */
  readonly code: string;
  /** One for each of its `columnValues`, in the order in which they sort; none for what is only found by its terms. */
  readonly columns: readonly unknown[];
  /** What keeps documents in the order of the columns; only of a sortable field. */
  readonly index?: unknown;
}
