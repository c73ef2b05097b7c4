import { canonicalJson } from '@sillage/kernel';
import type { Schema, StoredCell, StoredDocument, ViewReader } from '@sillage/view-store';

/** A document or a cell with its place in the order of a scan. */
export interface Entry {
  readonly tenant: string;
  /** Id of a document, dimensions of a cell as JSON text. */
  readonly key: string;
  /** The whole of it, its position included, as canonical JSON. */
  readonly content: string;
}

/** A view or a cube, with everything in it. */
export interface Part {
  readonly name: string;
  entries(reader: ViewReader): AsyncIterable<Entry>;
}

/** The views and cubes of a schema, in its order. */
export function partsOf({ views, cubes }: Schema): readonly Part[] {
  return [
    ...views.map(({ name }) => ({ name, entries: (reader: ViewReader) => documentEntries(reader.scan(name)) })),
    ...cubes.map(({ name }) => ({ name, entries: (reader: ViewReader) => cellEntries(reader.scanCells(name)) })),
  ];
}

async function* documentEntries(documents: AsyncIterable<StoredDocument>): AsyncIterable<Entry> {
  for await (const { tenant, id, ordinal, position, deleted, document } of documents) {
    yield { tenant, key: id, content: canonicalJson({ id, ordinal, position, deleted, document }) };
  }
}

async function* cellEntries(cells: AsyncIterable<StoredCell>): AsyncIterable<Entry> {
  for await (const { tenant, dimensions, measures, position } of cells) {
    const sums = Object.fromEntries(Object.entries(measures).map(([name, sum]) => [name, String(sum)]));
    const key = JSON.stringify(dimensions);
    yield { tenant, key, content: canonicalJson({ dimensions, measures: sums, position }) };
  }
}
