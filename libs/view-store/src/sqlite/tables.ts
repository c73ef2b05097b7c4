import { CellWriter } from './cell-writer.js';
import { moveCheckpoint } from './checkpoints.js';
import type { Connection } from './connection.js';
import { DocumentWriter } from './document-writer.js';
import { declared, type RowBatch } from './rows.js';
import type { SchemaLayout } from './schema.js';
import { Scrubbing } from './scrubbing.js';

/** Writes the rows of batches into the tables of a file. */
export class Tables {
  readonly #documents: ReadonlyMap<string, DocumentWriter>;
  readonly #cells: ReadonlyMap<string, CellWriter>;

  constructor(
    private readonly connection: Connection,
    { views, cubes }: SchemaLayout,
  ) {
    this.#documents = new Map([...views].map(([name, layout]) => [name, new DocumentWriter(connection, layout)]));
    this.#cells = new Map([...cubes].map(([name, layout]) => [name, new CellWriter(connection, layout)]));
  }

  /**
   * Moves the checkpoint on and writes the rows, in one transaction.
   * @param rows Called within the transaction, once the checkpoint is known to be where the batch begins.
   * @throws ViewsMovedOn when the checkpoint is elsewhere.
   */
  write(checkpoint: RowBatch['checkpoint'], rows: () => RowBatch): void {
    this.connection.writing(() => {
      moveCheckpoint(this.connection, checkpoint);
      const { documents, cells, erases } = rows();
      for (const [view, documentRows] of documents) {
        const writer = declared(this.#documents, view);
        for (const row of documentRows) writer.write(row);
      }
      for (const [cube, cellRows] of cells) {
        const writer = declared(this.#cells, cube);
        for (const row of cellRows) writer.write(row);
      }
      if (erases) Scrubbing.note(this.connection);
    });
  }
}
