import { ViewsMovedOn } from '../errors.js';
import type { Condition, Filter, Page, Query } from '../query.js';
import type { Cube, Schema } from '../view.js';
import type { StoredCell, StoredDocument, ViewReader } from '../view-store.js';
import { answering } from './answering.js';
import type { Collections } from './collections.js';
import { countDocuments, findPage, getDocuments, scanDocuments } from './find-documents.js';
import { type SchemaLayout, schemaLayout, type ViewLayout } from './layout.js';
import type { PartitionRecord } from './partitions.js';
import { findCells, getCells, scanCells } from './read-cells.js';

/**
 * Reads one generation of the views. While a batch is being written a part of it may show; a position is asked for
 * before what it is told of, so that no more is claimed than is there.
 */
export class MongoViewReader implements ViewReader {
  protected readonly layout: SchemaLayout;

  constructor(
    protected readonly collections: Collections,
    schema: Schema,
  ) {
    this.layout = schemaLayout(schema);
  }

  async get(view: string, tenant: string, ids: readonly string[]): Promise<readonly StoredDocument[]> {
    this.viewLayout(view);
    return getDocuments(this.collections.view(view), tenant, ids);
  }

  async find(view: string, query: Query): Promise<Page> {
    const layout = this.viewLayout(view);
    const position = await this.positionOf(query.tenant);
    return { ...(await findPage(this.collections.view(view), layout, query)), position };
  }

  async count(view: string, filter: Filter, atMost: number): Promise<number> {
    return countDocuments(this.collections.view(view), this.viewLayout(view), filter, atMost);
  }

  async cells(cube: string, tenant: string, conditions: readonly Condition[]): Promise<readonly StoredCell[]> {
    return findCells(this.collections.cells, this.cube(cube), tenant, conditions);
  }

  async getCells(
    cube: string,
    tenant: string,
    dimensions: readonly StoredCell['dimensions'][],
  ): Promise<readonly StoredCell[]> {
    return getCells(this.collections.cells, this.cube(cube), tenant, dimensions);
  }

  async checkpoint(partition: number): Promise<number> {
    return (
      (await answering((limits) => this.collections.partitions.findOne({ _id: partition }, limits)))?.position ?? 0
    );
  }

  async positionOf(tenant: string): Promise<number> {
    const [known, partitions] = await Promise.all([
      answering((limits) => this.collections.tenants.findOne({ _id: tenant }, limits)),
      this.partitions(),
    ]);
    const own = partitions.find(({ _id }) => _id === known?.partition);
    return own?.position ?? (partitions.length === 0 ? 0 : Math.min(...partitions.map(({ position }) => position)));
  }

  async *scan(view: string): AsyncGenerator<StoredDocument> {
    this.viewLayout(view);
    yield* scanDocuments(this.collections.view(view));
  }

  async *scanCells(cube: string): AsyncGenerator<StoredCell> {
    yield* scanCells(this.collections.cells, this.cube(cube));
  }

  /** Cannot keep a state: a single server has no snapshots, and those of a replica set end after minutes. */
  async snapshot<T>(read: (snapshot: ViewReader) => Promise<T>): Promise<T> {
    const before = await this.partitions();
    const result = await read(this);
    const after = await this.partitions();
    for (const now of after) {
      const was = before.find(({ _id }) => _id === now._id);
      const isAtRest = was?.position === now.position && was.pending === undefined && now.pending === undefined;
      if (!isAtRest) throw new ViewsMovedOn(now._id, was?.position ?? 0);
    }
    return result;
  }

  /** The connection is not this generation's own. */
  async close(): Promise<void> {}

  protected viewLayout(name: string): ViewLayout {
    const layout = this.layout.views.get(name);
    if (!layout) throw new Error(`no view ${name}`);
    return layout;
  }

  private cube(name: string): Cube {
    const cube = this.layout.cubes.get(name);
    if (!cube) throw new Error(`no cube ${name}`);
    return cube;
  }

  private partitions(): Promise<readonly PartitionRecord[]> {
    return answering((limits) => this.collections.partitions.find({}, limits).toArray());
  }
}
