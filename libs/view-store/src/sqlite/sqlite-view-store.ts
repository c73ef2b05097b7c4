import type { Schema } from '../view.js';
import type { ViewBatch, ViewStore } from '../view-store.js';
import { writeCell } from './cells.js';
import { moveCheckpoint } from './checkpoints.js';
import type { Connection } from './connection.js';
import { DocumentWriter } from './document-writer.js';
import { SqliteViewReader } from './sqlite-view-reader.js';

/** Reads and writes the views in a file. One at a time may write; readers may be many, and wait for nobody. */
export class SqliteViewStore extends SqliteViewReader implements ViewStore {
  readonly #writers: ReadonlyMap<string, DocumentWriter>;

  constructor(connection: Connection, schema: Schema) {
    super(connection, schema);
    this.#writers = new Map(
      schema.views.map(({ name }) => [name, new DocumentWriter(connection, this.viewLayout(name))]),
    );
  }

  async apply({ documents, cells, checkpoint }: ViewBatch): Promise<void> {
    const { partition, position } = checkpoint;
    // Documents of the same millisecond lie in the order of their first writing, which is to be that of creation.
    const inOrderOfCreation = [...documents].sort((one, other) => one.ordinal - other.ordinal);
    try {
      this.connection.writing(() => {
        for (const { view, ...document } of inOrderOfCreation)
          this.#writer(view).write(this.tenants.ensure(document.tenant, partition).number, document);
        for (const { cube, ...cell } of cells)
          writeCell(this.connection, this.cubeLayout(cube), this.tenants.ensure(cell.tenant, partition), cell);
        moveCheckpoint(this.connection, partition, position);
      });
    } catch (error) {
      this.tenants.forget();
      throw error;
    }
  }

  #writer(view: string): DocumentWriter {
    const writer = this.#writers.get(view);
    if (!writer) throw new Error(`no view ${view}`);
    return writer;
  }
}
