import type { DimensionValues } from './dimension.js';

/** Tells combinations of values of the same dimensions apart. */
export function cellKey(values: DimensionValues): string {
  let key = '';
  for (const value of values) key += keyPart(value);
  return key;
}

/** One value's part of a key: different values differ, which their lengths see to. JSON is several times slower. */
function keyPart(value: string | null): string {
  return value === null ? '-' : `${value.length}:${value}`;
}
