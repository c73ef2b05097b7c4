import type { StoredDocument } from '../view-store.js';
import { allRows, type Connection, type Row } from './connection.js';
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
  return [...new Set(ids)].flatMap((id) => allRows(statement, tenant.number, id).map((row) => documentOf(tenant, row)));
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
