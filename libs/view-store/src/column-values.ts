import type { IndexValue } from './index-values.js';
import type { IndexedField } from './indexed-field.js';
import type { Scalar } from './query.js';
import type { FieldKind } from './view.js';

const MILLISECONDS_A_DAY = 86_400_000;

/** What the columns of a field hold for a value of it: null in each when there is none. */
export function columnValues(
  field: Pick<IndexedField, 'columns'>,
  value: IndexValue | undefined,
): readonly (Scalar | null)[] {
  if (field.columns.length === 0) return [];
  switch (value?.kind) {
    case 'number':
      return [value.number];
    case 'money':
      return [value.currency, value.minor];
    case 'instant':
    case 'date':
      return [comparable(value.kind, value.text)];
    case 'keyword':
      // One text that sorts by its folded form, then as written: nothing else begins with what stands before the NUL.
      return [`${value.folded}\0${value.text}`];
    case 'reference':
      return [value.text];
    default:
      return field.columns.map(() => null);
  }
}

/** The value of a condition as the column holds it: instants in milliseconds since 1970, dates in days. */
export function comparable(kind: FieldKind, value: Scalar): Scalar {
  if (kind === 'instant') return Date.parse(String(value));
  if (kind === 'date') return Math.floor(Date.parse(String(value)) / MILLISECONDS_A_DAY);
  return value;
}
