import type { StatementSync } from 'node:sqlite';
import { type Connection, firstRow } from './connection.js';
import { ALL_KEYS, KEYS_PER_MILLISECOND, keysOf } from './document-key.js';
import type { ViewLayout } from './layout.js';
import { type DocumentRow, DocumentRows } from './rows.js';
import { join, raw, sql } from './sql.js';

interface StoredRow {
  readonly key: bigint;
  readonly deleted: boolean;
  readonly json: string;
}

/** Writes the documents of one view, and of its indexes what changes. Works within a transaction of its caller. */
export class DocumentWriter {
  readonly #rows: DocumentRows;
  readonly #columns: readonly string[];
  readonly #find: StatementSync;
  readonly #insert: StatementSync;
  readonly #findHighestKey: StatementSync;
  readonly #insertTokens: StatementSync;
  readonly #removeTokens: StatementSync;
  /** No document has a higher key. (After a transaction was rolled back, none may have this one either.) */
  #highestKey: bigint;

  constructor(
    readonly connection: Connection,
    readonly layout: ViewLayout,
  ) {
    const { documents, terms, fields } = layout;
    this.#rows = new DocumentRows(layout);
    this.#columns = fields.flatMap(({ columns }) => columns.map(({ name }) => name));
    this.#find = connection.prepare(
      `SELECT key, position, deleted, document FROM ${documents} WHERE tenant = ? AND id = ?`,
    );
    this.#find.setReadBigInts(true);
    const inserted = ['key', 'tenant', 'id', 'deleted', 'ordinal', 'position', 'document', ...this.#columns];
    this.#insert = connection.prepare(`
      INSERT INTO ${documents} (${inserted.join(', ')}) VALUES (${inserted.map(() => '?').join(', ')})
        ON CONFLICT (tenant, id) DO NOTHING`);
    this.#findHighestKey = connection.prepare(`SELECT max(key) FROM ${documents} WHERE key BETWEEN ? AND ?`);
    this.#findHighestKey.setReadBigInts(true);
    this.#insertTokens = connection.prepare(`INSERT INTO ${terms} (rowid, tokens) VALUES (?, ?)`);
    this.#removeTokens = connection.prepare(`DELETE FROM ${terms} WHERE rowid = ?`);
    this.#highestKey = this.#highestKeyIn(ALL_KEYS.first, ALL_KEYS.last) ?? ALL_KEYS.first - 1n;
  }

  /** Stores the value of a document, unless a later one is there. */
  write(row: DocumentRow): void {
    const [, , tenant, id, , ordinal, position] = row;
    // Of its first event a document is new, most likely: then it need not be looked for.
    if (position === ordinal && this.#create(row)) return;
    const found = firstRow(this.#find, tenant, id);
    if (!found) {
      this.#create(row);
      return;
    }
    const [key, storedPosition, deleted, json] = found;
    if (typeof key !== 'bigint' || typeof json !== 'string' || Number(storedPosition) > position) return;
    this.#change({ key, deleted: deleted === 1n, json }, row);
  }

  /** False when the document is there already. */
  #create([createdAt, tokens, ...values]: DocumentRow): boolean {
    const key = this.#nextKey(createdAt);
    if (this.#insert.run(key, ...values).changes === 0) return false;
    if (key > this.#highestKey) this.#highestKey = key;
    this.#insertTokens.run(key, tokens);
    return true;
  }

  #change(before: StoredRow, [, tokens, tenant, , deleted, , position, json, ...columns]: DocumentRow): void {
    const set = [sql`position = ${position}`];
    const wasDeleted = before.deleted ? 1 : 0;
    if (json !== before.json || deleted !== wasDeleted) {
      const was = this.#rows.indexed(tenant, before.deleted, JSON.parse(before.json));
      // Only what differs: SQLite takes the row out of the indexes of all columns that are set, and puts it back in.
      if (deleted !== wasDeleted) set.push(sql`deleted = ${deleted}`);
      this.#columns.forEach((name, index) => {
        const value = columns[index] ?? null;
        if (value !== was.columns[index]) set.push(sql`${raw(name)} = ${value}`);
      });
      set.push(sql`document = ${json}`);
      if (tokens !== was.tokens) {
        this.#removeTokens.run(before.key);
        this.#insertTokens.run(before.key, tokens);
      }
    }
    this.connection.rows(sql`UPDATE ${raw(this.layout.documents)} SET ${join(set, ', ')} WHERE key = ${before.key}`);
  }

  /** The first free key of the millisecond, or of those after it when it is full. */
  #nextKey(createdAt: string): bigint {
    let { first, last } = keysOf(createdAt);
    let highest = first > this.#highestKey ? undefined : this.#highestKeyIn(first, last);
    while (highest === last) {
      first += KEYS_PER_MILLISECOND;
      last += KEYS_PER_MILLISECOND;
      highest = this.#highestKeyIn(first, last);
    }
    return highest === undefined ? first : highest + 1n;
  }

  #highestKeyIn(first: bigint, last: bigint): bigint | undefined {
    const highest = firstRow(this.#findHighestKey, first, last)?.[0];
    return typeof highest === 'bigint' ? highest : undefined;
  }
}
