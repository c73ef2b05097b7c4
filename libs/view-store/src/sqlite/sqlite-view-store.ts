import type { Schema } from '../view.js';
import type { ViewBatch, ViewStore } from '../view-store.js';
import type { Connection } from './connection.js';
import { BatchRows } from './rows.js';
import { Scrubbing } from './scrubbing.js';
import { SqliteViewReader } from './sqlite-view-reader.js';
import { Tables } from './tables.js';

/** Reads and writes the views in a file. One at a time may write; readers may be many, and wait for nobody. */
export class SqliteViewStore extends SqliteViewReader implements ViewStore {
  readonly #rows: BatchRows;
  readonly #tables: Tables;
  readonly #scrubbing: Scrubbing;

  constructor(connection: Connection, schema: Schema) {
    super(connection, schema);
    this.#rows = new BatchRows(this.layout);
    this.#tables = new Tables(connection, this.layout);
    this.#scrubbing = new Scrubbing(connection, this.layout.views.values());
    this.#scrubbing.begin();
  }

  async apply(batch: ViewBatch): Promise<void> {
    const { checkpoint, erases } = batch;
    const numberOf = (tenant: string) => this.tenants.ensure(tenant, checkpoint.partition).number;
    try {
      this.#tables.write(checkpoint, () => this.#rows.of(batch, numberOf));
    } catch (error) {
      this.tenants.forget();
      throw error;
    }
    if (erases) this.#scrubbing.erased();
  }

  override async close(): Promise<void> {
    await this.#scrubbing.stop();
    await super.close();
  }
}
