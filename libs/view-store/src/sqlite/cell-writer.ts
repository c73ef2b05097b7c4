import type { StatementSync } from 'node:sqlite';
import type { Connection } from './connection.js';
import type { CubeLayout } from './layout.js';
import type { CellRow } from './rows.js';

/** Writes the cells of one cube. Works within a transaction of its caller. */
export class CellWriter {
  readonly #store: StatementSync;
  readonly #remove: StatementSync;
  readonly #rememberRemoval: StatementSync;

  constructor(connection: Connection, { cells, removed }: CubeLayout) {
    this.#store = connection.prepare(`
      INSERT INTO ${cells} SELECT ?1, ?2, ?3, ?4
        WHERE NOT EXISTS (SELECT 1 FROM ${removed} WHERE tenant = ?1 AND dimensions = ?2 AND position > ?4)
      ON CONFLICT (tenant, dimensions) DO UPDATE SET measures = excluded.measures, position = excluded.position
        WHERE excluded.position >= position`);
    this.#remove = connection.prepare(`DELETE FROM ${cells} WHERE tenant = ?1 AND dimensions = ?2 AND position <= ?3`);
    this.#rememberRemoval = connection.prepare(`
      INSERT INTO ${removed} VALUES (?1, ?2, ?3)
      ON CONFLICT (tenant, dimensions) DO UPDATE SET position = max(position, excluded.position)`);
  }

  /** Stores the value of a cell, unless a later one is there; a cell without measures is removed. */
  write([tenant, dimensions, measures, position]: CellRow): void {
    if (measures !== null) {
      this.#store.run(tenant, dimensions, measures, position);
      return;
    }
    this.#remove.run(tenant, dimensions, position);
    // A value from before must not bring the cell back.
    this.#rememberRemoval.run(tenant, dimensions, position);
  }
}
