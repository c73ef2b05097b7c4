import { canonicalJson, digest, type JsonValue } from '@sillage/kernel';
import type { Schema } from './view.js';

/**
 * A text that is the same for equal declarations only: views made for another are to be made anew. The order of views
 * and fields counts, since it numbers the fields in the tokens.
 */
export function fingerprint({ views, cubes }: Schema): string {
  const inOrder: JsonValue = [
    views.map(({ name, fields }) => [name, Object.entries(fields).map(([path, field]) => [path, { ...field }])]),
    cubes.map(({ name, dimensions }) => [name, dimensions]),
  ];
  return digest(canonicalJson(inOrder));
}
