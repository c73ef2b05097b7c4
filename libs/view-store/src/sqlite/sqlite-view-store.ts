import type { Schema } from '../view.js';
import type { ViewBatch, ViewStore } from '../view-store.js';
import { CellWriter } from './cell-writer.js';
import { moveCheckpoint } from './checkpoints.js';
import type { Connection } from './connection.js';
import { DocumentWriter } from './document-writer.js';
import { Scrubbing } from './scrubbing.js';
import { SqliteViewReader } from './sqlite-view-reader.js';

/** Reads and writes the views in a file. One at a time may write; readers may be many, and wait for nobody. */
export class SqliteViewStore extends SqliteViewReader implements ViewStore {
  readonly #documents: ReadonlyMap<string, DocumentWriter>;
  readonly #cells: ReadonlyMap<string, CellWriter>;
  readonly #scrubbing: Scrubbing;

  constructor(connection: Connection, schema: Schema) {
    super(connection, schema);
    this.#documents = new Map(
      schema.views.map(({ name }) => [name, new DocumentWriter(connection, this.viewLayout(name))]),
    );
    this.#cells = new Map(schema.cubes.map(({ name }) => [name, new CellWriter(connection, this.cubeLayout(name))]));
    this.#scrubbing = new Scrubbing(
      connection,
      schema.views.map(({ name }) => this.viewLayout(name)),
    );
    this.#scrubbing.begin();
  }

  async apply({ documents, cells, checkpoint, erases }: ViewBatch): Promise<void> {
    const { partition } = checkpoint;
    // Documents of the same millisecond lie in the order of their first writing, which is to be that of creation.
    const inOrderOfCreation = [...documents].sort((one, other) => one.ordinal - other.ordinal);
    try {
      this.connection.writing(() => {
        moveCheckpoint(this.connection, checkpoint);
        for (const document of inOrderOfCreation) {
          const tenant = this.tenants.ensure(document.tenant, partition);
          declared(this.#documents, document.view).write(tenant.number, document);
        }
        for (const cell of cells) {
          const tenant = this.tenants.ensure(cell.tenant, partition);
          declared(this.#cells, cell.cube).write(tenant.number, cell);
        }
        if (erases) this.#scrubbing.note();
      });
    } catch (error) {
      this.tenants.forget();
      throw error;
    }
    if (erases) this.#scrubbing.begin();
  }

  override async close(): Promise<void> {
    await this.#scrubbing.stop();
    await super.close();
  }
}

function declared<T>(writers: ReadonlyMap<string, T>, name: string): T {
  const writer = writers.get(name);
  if (!writer) throw new Error(`nothing is declared as ${name}`);
  return writer;
}
