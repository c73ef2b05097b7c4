import { type Collection, type Document, type IndexDescription, MongoServerError } from 'mongodb';
import type { Schema } from '../view.js';
import type { Collections } from './collections.js';
import { schemaLayout, TENANT } from './layout.js';

const NAMESPACE_NOT_FOUND = 26;

/**
 * Creates the indexes of a generation that are missing, and waits for them however long that takes.
 * @returns the names of those that were, as `<collection> <index>`
 */
export async function createMissingIndexes(collections: Collections, schema: Schema): Promise<readonly string[]> {
  const wanted: (readonly [Collection<Document>, readonly IndexDescription[]])[] = [
    ...[...schemaLayout(schema).views].map(([view, { indexes }]) => {
      const descriptions = [...indexes].map(([name, key]) => ({ name, key: key as IndexDescription['key'] }));
      return [collections.view(view) as unknown as Collection<Document>, descriptions] as const;
    }),
    [
      collections.cells as unknown as Collection<Document>,
      [{ name: 'by cube', key: { '_id.cube': 1, [TENANT]: 1, '_id.dimensions': 1 } }],
    ],
    [collections.redo as unknown as Collection<Document>, [{ name: 'by partition', key: { partition: 1, after: 1 } }]],
  ];
  const created = await Promise.all(wanted.map(([collection, indexes]) => createMissing(collection, indexes)));
  return created.flat();
}

async function createMissing(
  collection: Collection<Document>,
  wanted: readonly IndexDescription[],
): Promise<readonly string[]> {
  const there = await indexNames(collection);
  const missing = wanted.filter(({ name }) => !there.has(name));
  if (missing.length > 0) await collection.createIndexes([...missing]);
  return missing.map(({ name }) => `${collection.collectionName} ${name}`);
}

async function indexNames(collection: Collection<Document>): Promise<ReadonlySet<string | undefined>> {
  try {
    const indexes: readonly { readonly name?: string }[] = await collection.indexes();
    return new Set(indexes.map(({ name }) => name));
  } catch (error) {
    // A collection comes to be with its first index or record.
    if (error instanceof MongoServerError && error.code === NAMESPACE_NOT_FOUND) return new Set();
    throw error;
  }
}
