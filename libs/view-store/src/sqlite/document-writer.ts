import type { StatementSync } from 'node:sqlite';
import type { JsonObject } from '@sillage/kernel';
import { columnValues } from '../column-values.js';
import { type IndexValues, indexValues } from '../index-values.js';
import type { Scalar } from '../query.js';
import type { StoredDocument } from '../view-store.js';
import { type Connection, firstRow } from './connection.js';
import { ALL_KEYS, KEYS_PER_MILLISECOND, keysOf } from './document-key.js';
import type { ViewLayout } from './layout.js';
import { join, raw, sql } from './sql.js';
import { TenantTerms, tokenText } from './tenant-terms.js';

/** What is to be found of a document outside its text. */
interface Indexed {
  readonly columns: readonly (Scalar | null)[];
  readonly tokens: string;
}

interface StoredRow {
  readonly key: bigint;
  readonly deleted: boolean;
  readonly json: string;
}

/** Writes the documents of one view, and of its indexes what changes. Works within a transaction of its caller. */
export class DocumentWriter {
  readonly #valuesOf: (document: JsonObject) => IndexValues;
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
    const { documents, terms, fields, view } = layout;
    this.#valuesOf = indexValues(view);
    this.#columns = fields.flatMap(({ columns }) => columns.map(({ name }) => name));
    this.#find = connection.prepare(
      `SELECT key, position, deleted, document FROM ${documents} WHERE tenant = ? AND id = ?`,
    );
    this.#find.setReadBigInts(true);
    const inserted = ['key', 'tenant', 'id', 'deleted', 'ordinal', 'position', ...this.#columns, 'document'];
    this.#insert = connection.prepare(
      `INSERT INTO ${documents} (${inserted.join(', ')}) VALUES (${inserted.map(() => '?').join(', ')})`,
    );
    this.#findHighestKey = connection.prepare(`SELECT max(key) FROM ${documents} WHERE key BETWEEN ? AND ?`);
    this.#findHighestKey.setReadBigInts(true);
    this.#insertTokens = connection.prepare(`INSERT INTO ${terms} (rowid, tokens) VALUES (?, ?)`);
    this.#removeTokens = connection.prepare(`DELETE FROM ${terms} WHERE rowid = ?`);
    this.#highestKey = this.#highestKeyIn(ALL_KEYS.first, ALL_KEYS.last) ?? ALL_KEYS.first - 1n;
  }

  /** Stores the value of a document, unless a later one is there. */
  write(tenant: number, stored: StoredDocument): void {
    const row = firstRow(this.#find, tenant, stored.id);
    if (!row) {
      this.#create(tenant, stored);
      return;
    }
    const [key, position, deleted, json] = row;
    if (typeof key !== 'bigint' || typeof json !== 'string' || Number(position) > stored.position) return;
    this.#change(tenant, { key, deleted: deleted === 1n, json }, stored);
  }

  #create(tenant: number, { id, deleted, ordinal, position, document }: StoredDocument): void {
    const { columns, tokens } = this.#indexed(tenant, deleted, document);
    const key = this.#nextKey(String(document.createdAt));
    this.#insert.run(key, tenant, id, deleted ? 1 : 0, ordinal, position, ...columns, JSON.stringify(document));
    this.#insertTokens.run(key, tokens);
  }

  #change(tenant: number, before: StoredRow, { deleted, position, document }: StoredDocument): void {
    const json = JSON.stringify(document);
    const set = [sql`position = ${position}`];
    if (json !== before.json || deleted !== before.deleted) {
      const was = this.#indexed(tenant, before.deleted, JSON.parse(before.json));
      const is = this.#indexed(tenant, deleted, document);
      // Only what differs: SQLite takes the row out of the indexes of all columns that are set, and puts it back in.
      if (deleted !== before.deleted) set.push(sql`deleted = ${deleted ? 1 : 0}`);
      this.#columns.forEach((name, index) => {
        const value = is.columns[index] ?? null;
        if (value !== was.columns[index]) set.push(sql`${raw(name)} = ${value}`);
      });
      set.push(sql`document = ${json}`);
      if (is.tokens !== was.tokens) {
        this.#removeTokens.run(before.key);
        this.#insertTokens.run(before.key, is.tokens);
      }
    }
    this.connection.rows(sql`UPDATE ${raw(this.layout.documents)} SET ${join(set, ', ')} WHERE key = ${before.key}`);
  }

  #indexed(tenant: number, deleted: boolean, document: JsonObject): Indexed {
    const indexed = this.#valuesOf(document);
    return {
      columns: this.layout.fields.flatMap((field) => columnValues(field, indexed.values[field.number])),
      tokens: tokenText(this.layout, new TenantTerms(tenant, deleted), indexed),
    };
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
    const key = highest === undefined ? first : highest + 1n;
    if (key > this.#highestKey) this.#highestKey = key;
    return key;
  }

  #highestKeyIn(first: bigint, last: bigint): bigint | undefined {
    const highest = firstRow(this.#findHighestKey, first, last)?.[0];
    return typeof highest === 'bigint' ? highest : undefined;
  }
}
