import type { StatementSync } from 'node:sqlite';
import type { Measures, StoredCell } from '../view-store.js';
import type { Connection } from './connection.js';
import type { CubeLayout } from './layout.js';

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
  write(tenant: number, cell: StoredCell): void {
    const dimensions = JSON.stringify(cell.dimensions);
    const measures = measuresAsJson(cell.measures);
    if (measures !== undefined) {
      this.#store.run(tenant, dimensions, measures, cell.position);
      return;
    }
    this.#remove.run(tenant, dimensions, cell.position);
    // A value from before must not bring the cell back.
    this.#rememberRemoval.run(tenant, dimensions, cell.position);
  }
}

/** As decimal texts: neither JSON nor the integers of SQLite have room for every sum. Undefined for no measures. */
function measuresAsJson(measures: Measures): string | undefined {
  const texts = Object.entries(measures).map(([name, value]) => [name, value.toString()] as const);
  return texts.length === 0 ? undefined : JSON.stringify(Object.fromEntries(texts));
}
