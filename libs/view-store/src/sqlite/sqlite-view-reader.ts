import type { Condition, Filter, Page, Query } from '../query.js';
import type { Schema } from '../view.js';
import type { StoredCell, StoredDocument, ViewReader } from '../view-store.js';
import { positionOf, readCheckpoint } from './checkpoints.js';
import type { Connection } from './connection.js';
import { countDocuments, findPage } from './find-documents.js';
import type { CubeLayout, ViewLayout } from './layout.js';
import { findCells, getCells, scanCells } from './read-cells.js';
import { getDocuments, scanDocuments } from './read-documents.js';
import { openForReading, type SchemaLayout, schemaLayout } from './schema.js';
import { Tenants } from './tenants.js';

/**
 * Reads the views in a file, through a connection of its own. Each read is of one state of the file, whoever writes to
 * it meanwhile; so are all reads of a `snapshot`. Work is done before the promise is returned, on the thread that asks.
 */
export class SqliteViewReader implements ViewReader {
  readonly #schema: Schema;
  protected readonly layout: SchemaLayout;
  protected readonly connection: Connection;
  protected readonly tenants: Tenants;

  constructor(connection: Connection, schema: Schema) {
    this.connection = connection;
    this.tenants = new Tenants(connection);
    this.#schema = schema;
    this.layout = schemaLayout(schema);
  }

  async get(view: string, tenant: string, ids: readonly string[]): Promise<readonly StoredDocument[]> {
    return getDocuments(this.connection, this.viewLayout(view), this.tenants.find(tenant), ids);
  }

  async find(view: string, query: Query): Promise<Page> {
    const layout = this.viewLayout(view);
    return this.connection.reading(() => ({
      ...findPage(this.connection, layout, this.tenants.find(query.tenant), query),
      position: positionOf(this.connection, query.tenant),
    }));
  }

  async count(view: string, filter: Filter, atMost: number): Promise<number> {
    const layout = this.viewLayout(view);
    return this.connection.reading(() =>
      countDocuments(this.connection, layout, this.tenants.find(filter.tenant), filter, atMost),
    );
  }

  async cells(cube: string, tenant: string, conditions: readonly Condition[]): Promise<readonly StoredCell[]> {
    return findCells(this.connection, this.cubeLayout(cube), this.tenants.find(tenant), conditions);
  }

  async getCells(
    cube: string,
    tenant: string,
    dimensions: readonly StoredCell['dimensions'][],
  ): Promise<readonly StoredCell[]> {
    return getCells(this.connection, this.cubeLayout(cube), this.tenants.find(tenant), dimensions);
  }

  async checkpoint(partition: number): Promise<number> {
    return readCheckpoint(this.connection, partition);
  }

  async positionOf(tenant: string): Promise<number> {
    return positionOf(this.connection, tenant);
  }

  async *scan(view: string): AsyncGenerator<StoredDocument> {
    const layout = this.viewLayout(view);
    for (const tenant of this.tenants.inOrderOfName()) yield* scanDocuments(this.connection, layout, tenant);
  }

  async *scanCells(cube: string): AsyncGenerator<StoredCell> {
    const layout = this.cubeLayout(cube);
    for (const tenant of this.tenants.inOrderOfName()) yield* scanCells(this.connection, layout, tenant);
  }

  /** Keeps the state: until `read` is done the file cannot forget what has changed since, so it grows. */
  async snapshot<T>(read: (snapshot: ViewReader) => Promise<T>): Promise<T> {
    const connection = openForReading(this.connection.file, this.#schema);
    try {
      connection.holdState();
      return await read(new SqliteViewReader(connection, this.#schema));
    } finally {
      connection.close();
    }
  }

  async close(): Promise<void> {
    this.connection.close();
  }

  private viewLayout(name: string): ViewLayout {
    const layout = this.layout.views.get(name);
    if (!layout) throw new Error(`no view ${name}`);
    return layout;
  }

  private cubeLayout(name: string): CubeLayout {
    const layout = this.layout.cubes.get(name);
    if (!layout) throw new Error(`no cube ${name}`);
    return layout;
  }
}
