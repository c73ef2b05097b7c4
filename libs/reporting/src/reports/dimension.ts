import type { JsonObject, JsonValue } from '@sillage/kernel';
import { isJsonObject } from '@sillage/kernel';

/**
 * What the values of a dimension are, which decides how it is filtered, ordered and shown:
 * - `keyword`: a short text as written
 * - `stage`: the key of a stage; `pipeline`: the id of a pipeline; both in the order of the pipelines
 * - `account`, `client`: the id of a record, shown with its name
 * - `month`: `YYYY-MM`, UTC
 * - `currency`: an ISO 4217 code
 */
export type DimensionKind = 'keyword' | 'stage' | 'pipeline' | 'account' | 'client' | 'month' | 'currency';

/** A dimension of a report: the values of one field (a path such as `amount.currency`) of the documents it sums. */
export interface Dimension {
  readonly kind: DimensionKind;
  readonly field: string;
}

/** By name, in the order in which cells keep them. */
export type Dimensions = { readonly [name: string]: Dimension };

/** A value for each dimension, in their order; null where the document has none. */
export type DimensionValues = readonly (string | null)[];

/** Reads the dimensions of a document. Made once a report: it runs for every event. */
export function dimensionReader(dimensions: Dimensions): (document: JsonObject) => DimensionValues {
  const readers = Object.values(dimensions).map(valueReader);
  return (document) => readers.map((read) => read(document));
}

/** Reads one dimension of a document. */
export function valueReader({ kind, field }: Dimension): (document: JsonObject) => string | null {
  const path = field.split('.');
  const text =
    path.length === 1
      ? (document: JsonObject) => asText(document[field])
      : (document: JsonObject) => asText(path.reduce<JsonValue | undefined>(memberOf, document));
  return kind === 'month' ? (document) => text(document)?.slice(0, 'YYYY-MM'.length) ?? null : text;
}

function memberOf(value: JsonValue | undefined, name: string): JsonValue | undefined {
  return isJsonObject(value) ? value[name] : undefined;
}

function asText(value: JsonValue | undefined): string | null {
  return typeof value === 'string' ? value : null;
}
