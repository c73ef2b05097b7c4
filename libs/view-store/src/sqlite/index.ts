import type { Schema } from '../view.js';
import { openForReading, openForWriting } from './schema.js';
import { SqliteViewReader } from './sqlite-view-reader.js';
import { SqliteViewStore } from './sqlite-view-store.js';

export { SqliteGenerations } from './generations.js';
export { SqliteViewBuild } from './on-thread/sqlite-view-build.js';
export { SqliteViewReader, SqliteViewStore };

export interface SqliteViewStoreOptions {
  /** Path of the file; made when it is missing. Its folder must allow the two files that SQLite keeps beside it. */
  readonly file: string;
  readonly schema: Schema;
}

/**
 * Opens one generation of the views in a file of its own: for its one writer, or for reading what another connection,
 * thread or process writes (then the file must be there). Every operation blocks its thread until it is done.
 * @throws ViewsOfAnotherSchema when the file was made for another declaration: make the views anew in another.
 */
export function openSqliteViewStore(options: SqliteViewStoreOptions & { readonly readOnly: true }): SqliteViewReader;
export function openSqliteViewStore(options: SqliteViewStoreOptions & { readonly readOnly?: false }): SqliteViewStore;
export function openSqliteViewStore({
  file,
  schema,
  readOnly,
}: SqliteViewStoreOptions & { readonly readOnly?: boolean }): SqliteViewReader {
  return readOnly
    ? new SqliteViewReader(openForReading(file, schema), schema)
    : new SqliteViewStore(openForWriting(file, schema), schema);
}
