import type { StoredDocument } from '../view-store.js';
import { allRows, type Connection, firstRow, type Row } from './connection.js';
import type { ViewLayout } from './layout.js';
import type { Tenant } from './tenants.js';

/** How many documents a scan reads at a time. */
const CHUNK = 500;

const COLUMNS = 'id, ordinal, position, deleted, document';

export function getDocuments(
  connection: Connection,
  { documents }: ViewLayout,
  tenant: Tenant,
  ids: readonly string[],
): readonly StoredDocument[] {
  const statement = connection.prepare(`SELECT ${COLUMNS} FROM ${documents} WHERE tenant = ? AND id = ?`);
  const found: StoredDocument[] = [];
  for (const id of new Set(ids)) {
    const row = firstRow(statement, tenant.number, id);
    if (row) found.push(documentOf(tenant, row));
  }
  return found;
}

/** The documents of a tenant in the order of their ids. */
export function* scanDocuments(
  connection: Connection,
  { documents }: ViewLayout,
  tenant: Tenant,
): Generator<StoredDocument> {
  const statement = connection.prepare(
    `SELECT ${COLUMNS} FROM ${documents} WHERE tenant = ? AND id > ? ORDER BY id LIMIT ${CHUNK}`,
  );
  let after = '';
  for (;;) {
    const chunk = allRows(statement, tenant.number, after).map((row) => documentOf(tenant, row));
    yield* chunk;
    const last = chunk.at(-1);
    if (!last || chunk.length < CHUNK) return;
    after = last.id;
  }
}

function documentOf({ name }: Tenant, [id, ordinal, position, deleted, document]: Row): StoredDocument {
  return {
    tenant: name,
    id: String(id),
    ordinal: Number(ordinal),
    position: Number(position),
    deleted: deleted === 1,
    document: JSON.parse(String(document)),
  };
}
