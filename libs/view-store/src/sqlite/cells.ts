import type { Condition } from '../query.js';
import type { Measures, StoredCell } from '../view-store.js';
import { compileCellCondition } from './compile-cell-condition.js';
import type { Connection, Row } from './connection.js';
import type { CubeLayout } from './layout.js';
import { join, raw, sql } from './sql.js';
import type { Tenant } from './tenants.js';

/** How many cells a scan reads at a time. */
const CHUNK = 500;

/** Stores the value of a cell, unless a later one is there; a cell without measures is removed. */
export function writeCell(connection: Connection, layout: CubeLayout, { number }: Tenant, cell: StoredCell): void {
  const [cells, removed] = [raw(layout.cells), raw(layout.removed)];
  const dimensions = JSON.stringify(cell.dimensions);
  const { position } = cell;
  if (Object.keys(cell.measures).length === 0) {
    connection.rows(
      sql`DELETE FROM ${cells} WHERE tenant = ${number} AND dimensions = ${dimensions} AND position <= ${position}`,
    );
    // Remembers when, because a value from before must not bring the cell back.
    connection.rows(sql`
      INSERT INTO ${removed} VALUES (${number}, ${dimensions}, ${position})
      ON CONFLICT (tenant, dimensions) DO UPDATE SET position = max(position, excluded.position)`);
    return;
  }
  connection.rows(sql`
    INSERT INTO ${cells} SELECT ${number}, ${dimensions}, ${measuresAsJson(cell.measures)}, ${position}
      WHERE NOT EXISTS (
        SELECT 1 FROM ${removed} WHERE tenant = ${number} AND dimensions = ${dimensions} AND position > ${position})
    ON CONFLICT (tenant, dimensions) DO UPDATE SET measures = excluded.measures, position = excluded.position
      WHERE excluded.position >= position`);
}

/** @throws QueryNotDeclared when the cube has not the dimension of a condition. */
export function findCells(
  connection: Connection,
  { cube, cells }: CubeLayout,
  tenant: Tenant,
  conditions: readonly Condition[],
): readonly StoredCell[] {
  const where = [
    sql`tenant = ${tenant.number}`,
    ...conditions.map((condition) => compileCellCondition(cube, condition)),
  ];
  return connection
    .rows(sql`SELECT dimensions, measures, position FROM ${raw(cells)} WHERE ${join(where, ' AND ')}`)
    .map((row) => cellOf(tenant, row));
}

export function getCells(
  connection: Connection,
  { cells }: CubeLayout,
  tenant: Tenant,
  dimensions: readonly StoredCell['dimensions'][],
): readonly StoredCell[] {
  return dimensions.flatMap((values) =>
    connection
      .rows(
        sql`SELECT dimensions, measures, position FROM ${raw(cells)}
          WHERE tenant = ${tenant.number} AND dimensions = ${JSON.stringify(values)}`,
      )
      .map((row) => cellOf(tenant, row)),
  );
}

/** The cells of a tenant in the order of their dimensions as JSON text. */
export function* scanCells(connection: Connection, { cells }: CubeLayout, tenant: Tenant): Generator<StoredCell> {
  let after = '';
  for (;;) {
    const rows = connection.rows(sql`
      SELECT dimensions, measures, position FROM ${raw(cells)}
      WHERE tenant = ${tenant.number} AND dimensions > ${after} ORDER BY dimensions LIMIT ${CHUNK}`);
    yield* rows.map((row) => cellOf(tenant, row));
    const last = rows.at(-1);
    if (!last || rows.length < CHUNK) return;
    after = String(last[0]);
  }
}

function cellOf({ name }: Tenant, [dimensions, measures, position]: Row): StoredCell {
  return {
    tenant: name,
    dimensions: JSON.parse(String(dimensions)),
    measures: measuresFromJson(String(measures)),
    position: Number(position),
  };
}

/** As decimal texts: neither JSON nor the integers of SQLite have room for every sum. */
function measuresAsJson(measures: Measures): string {
  return JSON.stringify(measures, (_name, value) => (typeof value === 'bigint' ? value.toString() : value));
}

function measuresFromJson(json: string): Measures {
  const texts: Record<string, string> = JSON.parse(json);
  return Object.fromEntries(Object.entries(texts).map(([name, text]) => [name, BigInt(text)]));
}
