import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { StoreUnavailable } from '@sillage/kernel';
import type { ErasedSince, Erasure, KeyReader, StreamKey, WrappedTenantKey } from '../key-store.js';
import { openForReading } from './schema.js';

/** Opens the keys in a file for reading, also while a writer in this or another thread or process has it. */
export function openSqliteKeyReader(file: string): KeyReader {
  return new SqliteKeyReader(openForReading(file));
}

/** Reads keys on the calling thread. */
export class SqliteKeyReader implements KeyReader {
  readonly #tenant: StatementSync;
  readonly #find: StatementSync;
  readonly #findErased: StatementSync;
  readonly #erasedSince: StatementSync;
  readonly #lastErased: StatementSync;
  readonly #erasures: StatementSync;

  constructor(protected readonly db: DatabaseSync) {
    this.#tenant = db.prepare('SELECT name, master, wrapped FROM tenant WHERE name = ?');
    const given = 'IN (SELECT value FROM json_each(?))';
    this.#find = db.prepare(`SELECT id, wrapped FROM key WHERE tenant = ? AND id ${given}`);
    this.#findErased = db.prepare(`SELECT key FROM erased WHERE tenant = ? AND key ${given}`);
    this.#erasedSince = db.prepare('SELECT number, key, stream FROM erased WHERE number > ? ORDER BY number');
    this.#lastErased = db.prepare('SELECT coalesce(max(number), 0) AS number FROM erased');
    this.#erasures = db.prepare('SELECT * FROM erasure ORDER BY number');
  }

  async tenantKey(tenant: string): Promise<WrappedTenantKey | undefined> {
    this.requireOpen();
    const row = this.#tenant.get(tenant);
    return row && toTenantKey(row);
  }

  async find(tenant: string, ids: readonly string[]): Promise<ReadonlyMap<string, Uint8Array | 'erased'>> {
    this.requireOpen();
    const asked = JSON.stringify(ids);
    const found = new Map<string, Uint8Array | 'erased'>();
    for (const { id, wrapped } of this.#find.all(tenant, asked)) found.set(String(id), bytes(wrapped));
    if (found.size === ids.length) return found;
    for (const { key } of this.#findErased.all(tenant, asked)) found.set(String(key), 'erased');
    return found;
  }

  async erasedSince(cursor: number | undefined): Promise<ErasedSince> {
    this.requireOpen();
    if (cursor === undefined) return { cursor: Number(this.#lastErased.get()?.number), erased: [] };
    const rows = this.#erasedSince.all(cursor);
    const erased = rows.map(({ key, stream }): StreamKey => ({ key: String(key), stream: String(stream) }));
    return { cursor: Number(rows.at(-1)?.number ?? cursor), erased };
  }

  async erasures(): Promise<readonly Erasure[]> {
    this.requireOpen();
    return this.#erasures.all().map(toErasure);
  }

  async close(): Promise<void> {
    if (this.db.isOpen) this.db.close();
  }

  protected requireOpen(): void {
    if (!this.db.isOpen) throw new StoreUnavailable('its keys were closed');
  }
}

export function toTenantKey({ name, master, wrapped }: { readonly [column: string]: unknown }): WrappedTenantKey {
  return { tenant: String(name), master: String(master), wrapped: bytes(wrapped) };
}

export function toErasure({ tenant, person, at, by }: { readonly [column: string]: unknown }): Erasure {
  return { tenant: String(tenant), person: String(person), at: String(at), by: String(by) };
}

function bytes(value: unknown): Uint8Array {
  if (!(value instanceof Uint8Array)) throw new Error('a key must be bytes');
  return value;
}
