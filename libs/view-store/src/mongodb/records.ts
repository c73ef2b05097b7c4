import { columnValues, comparable } from '../column-values.js';
import { type IndexValues, indexValues } from '../index-values.js';
import type { Scalar } from '../query.js';
import { Terms, tokensOf } from '../terms.js';
import type { Measures, StoredCell, StoredDocument } from '../view-store.js';
import type { ViewLayout } from './layout.js';
import type { CellWrite, DocumentWrite } from './writes.js';

/*
 * What lies in the collections. No name of a member comes from outside: a document is kept as JSON text, so that it may
 * have members of any name, and what is found and sorted by lies beside it.
 */

/** A document of a view. */
export interface DocumentRecord {
  /** Compared member by member, in this order. */
  readonly _id: { readonly tenant: string; readonly id: string };
  readonly deleted: boolean;
  readonly ordinal: number;
  readonly position: number;
  /** `createdAt` in milliseconds since 1970. */
  readonly created: number;
  /** Values of the columns, see `column-values.ts`. */
  readonly by: { readonly [column: string]: Scalar | null };
  /** See `terms.ts`. */
  readonly terms: readonly string[];
  readonly document: string;
}

/** A cell of a cube. Without measures it is no more, and its position keeps values from before out. */
export interface CellRecord {
  /** The dimensions as JSON text. */
  readonly _id: { readonly cube: string; readonly tenant: string; readonly dimensions: string };
  readonly position: number;
  readonly dimensions?: readonly (string | null)[];
  /** As JSON text of decimal texts: BSON has no integers of any size. */
  readonly measures?: string;
}

/** Prepares what is stored of a view's documents. */
export function documentRecords({ view, fields }: ViewLayout): (write: DocumentWrite) => DocumentRecord {
  const valuesOf = indexValues(view);
  const terms = new Terms();
  const by = ({ values }: IndexValues) =>
    Object.fromEntries(
      fields.flatMap((field) => {
        const held = columnValues(field, values[field.number]);
        return field.columns.map(({ name }, index) => [name, held[index] ?? null] as const);
      }),
    );
  return ({ tenant, id, deleted, ordinal, position, document }) => {
    const parsed = JSON.parse(document);
    const indexed = valuesOf(parsed);
    return {
      _id: { tenant, id },
      deleted,
      ordinal,
      position,
      created: Number(comparable('instant', String(parsed.createdAt))),
      by: by(indexed),
      terms: tokensOf(fields, terms, indexed),
      document,
    };
  };
}

export function documentOf(record: Omit<DocumentRecord, 'by' | 'terms' | 'created'>): StoredDocument {
  const { _id, ordinal, position, deleted, document } = record;
  return { tenant: _id.tenant, id: _id.id, ordinal, position, deleted, document: JSON.parse(document) };
}

export function cellRecord({ cube, tenant, dimensions, measures, position }: CellWrite): CellRecord {
  const _id = { cube, tenant, dimensions: JSON.stringify(dimensions) };
  return measures === undefined ? { _id, position } : { _id, position, dimensions, measures };
}

export function cellOf({ _id, position, measures = '{}' }: CellRecord): StoredCell {
  return {
    tenant: _id.tenant,
    dimensions: JSON.parse(_id.dimensions),
    measures: measuresOf(measures),
    position,
  };
}

function measuresOf(json: string): Measures {
  const texts: Record<string, string> = JSON.parse(json);
  return Object.fromEntries(Object.entries(texts).map(([name, text]) => [name, BigInt(text)]));
}
