import type { Condition } from '../query.js';
import type { Measures, StoredCell } from '../view-store.js';
import { compileCellCondition } from './compile-cell-condition.js';
import { type Connection, firstRow, type Row } from './connection.js';
import type { CubeLayout } from './layout.js';
import { join, raw, sql } from './sql.js';
import type { Tenant } from './tenants.js';

/** How many cells a scan reads at a time. */
const CHUNK = 500;

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
  const statement = connection.prepare(
    `SELECT dimensions, measures, position FROM ${cells} WHERE tenant = ? AND dimensions = ?`,
  );
  const found: StoredCell[] = [];
  for (const values of dimensions) {
    const row = firstRow(statement, tenant.number, JSON.stringify(values));
    if (row) found.push(cellOf(tenant, row));
  }
  return found;
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

function measuresFromJson(json: string): Measures {
  const texts: Record<string, string> = JSON.parse(json);
  return Object.fromEntries(Object.entries(texts).map(([name, text]) => [name, BigInt(text)]));
}
