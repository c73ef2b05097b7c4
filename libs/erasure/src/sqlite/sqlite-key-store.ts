import type { DatabaseSync, SQLInputValue, StatementSync } from 'node:sqlite';
import { StoreUnavailable } from '@sillage/kernel';
import type { Concern, Erasure, KeyStore, StreamKey, WrappedKey, WrappedTenantKey } from '../key-store.js';
import { PersonForgotten } from '../key-store.js';
import { LogSync } from './log-sync.js';
import { openForWriting } from './schema.js';
import { SqliteKeyReader, toErasure, toTenantKey } from './sqlite-key-reader.js';

/**
 * Opens the keys in a file, which is made when it is missing. One process at a time may write to it.
 * @throws KeysNotOpened
 */
export function openSqliteKeyStore(file: string): KeyStore {
  const db = openForWriting(file);
  return new SqliteKeyStore(db, new LogSync(file));
}

/** Writes keys on the calling thread, and waits for the disk on another one. */
class SqliteKeyStore extends SqliteKeyReader implements KeyStore {
  readonly #sync: LogSync;
  readonly #statements = new Map<string, StatementSync>();

  constructor(db: DatabaseSync, sync: LogSync) {
    super(db);
    this.#sync = sync;
  }

  async addTenantKey({ tenant, master, wrapped }: WrappedTenantKey): Promise<WrappedTenantKey> {
    await this.#write(() =>
      this.#run('INSERT INTO tenant VALUES (?, ?, ?) ON CONFLICT DO NOTHING', tenant, master, wrapped),
    );
    return (await this.tenantKey(tenant)) as WrappedTenantKey;
  }

  async tenantKeys(): Promise<readonly WrappedTenantKey[]> {
    return this.#all('SELECT name, master, wrapped FROM tenant ORDER BY name').map(toTenantKey);
  }

  async rewrapTenantKey({ tenant, master, wrapped }: WrappedTenantKey, from: string): Promise<void> {
    const update = 'UPDATE tenant SET master = ?, wrapped = ? WHERE name = ? AND master = ?';
    await this.#write(() => this.#run(update, master, wrapped, tenant, from));
    this.#wipe();
  }

  async add(tenant: string, keys: readonly WrappedKey[]): Promise<void> {
    await this.#write(() => {
      for (const { id, wrapped } of keys) this.#run('INSERT INTO key VALUES (?, ?, ?)', id, tenant, wrapped);
    });
  }

  async addConcerns(tenant: string, concerns: readonly Concern[]): Promise<void> {
    await this.#write(() => {
      for (const { person, stream } of concerns) {
        const [forgotten] = this.#all('SELECT 1 FROM erasure WHERE tenant = ? AND person = ?', tenant, person);
        if (forgotten !== undefined) throw new PersonForgotten(person);
        this.#run('INSERT INTO concern VALUES (?, ?, ?) ON CONFLICT DO NOTHING', tenant, person, stream);
      }
    });
  }

  async concerning(tenant: string, person: string): Promise<readonly string[]> {
    const rows = this.#all('SELECT stream FROM concern WHERE tenant = ? AND person = ?', tenant, person);
    return rows.map(({ stream }) => String(stream));
  }

  async addErasure({ tenant, person, at, by }: Erasure): Promise<Erasure> {
    const insert = 'INSERT INTO erasure (tenant, person, at, by) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING';
    await this.#write(() => this.#run(insert, tenant, person, at, by));
    const [first] = this.#all('SELECT * FROM erasure WHERE tenant = ? AND person = ?', tenant, person);
    return toErasure(first ?? {});
  }

  async erase(tenant: string, keys: readonly StreamKey[]): Promise<void> {
    const note = 'INSERT INTO erased (tenant, key, stream) VALUES (?, ?, ?) ON CONFLICT DO NOTHING';
    await this.#write(() => {
      for (const { key, stream } of keys) {
        this.#run(note, tenant, key, stream);
        this.#run('DELETE FROM key WHERE tenant = ? AND id = ?', tenant, key);
      }
    });
    this.#wipe();
  }

  override async close(): Promise<void> {
    if (!this.db.isOpen) return;
    await this.#sync.close();
    await super.close();
  }

  /** All of it or nothing, durable once it resolves. */
  async #write(write: () => void): Promise<void> {
    this.requireOpen();
    this.db.exec('BEGIN IMMEDIATE');
    try {
      write();
      this.db.exec('COMMIT');
    } catch (error) {
      if (this.db.isTransaction) this.db.exec('ROLLBACK');
      throw error instanceof PersonForgotten ? error : unavailable(error);
    }
    await this.#sync.durable().catch((error: unknown) => {
      throw unavailable(error);
    });
  }

  /** Leaves nothing of what was overwritten in the write-ahead log. */
  #wipe(): void {
    const [result] = this.#all('PRAGMA wal_checkpoint(TRUNCATE)');
    if (result?.busy !== 0) throw new StoreUnavailable('its keys are being read, and could not be wiped yet');
  }

  #run(statement: string, ...values: readonly SQLInputValue[]): void {
    this.#prepared(statement).run(...values);
  }

  #all(statement: string, ...values: readonly SQLInputValue[]) {
    this.requireOpen();
    return this.#prepared(statement).all(...values);
  }

  #prepared(text: string): StatementSync {
    let statement = this.#statements.get(text);
    if (statement === undefined) {
      statement = this.db.prepare(text);
      this.#statements.set(text, statement);
    }
    return statement;
  }
}

function unavailable(error: unknown): StoreUnavailable {
  return new StoreUnavailable(`its keys: ${error instanceof Error ? error.message : error}`);
}
