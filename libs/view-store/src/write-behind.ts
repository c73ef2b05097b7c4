import type { Condition, Filter, Page, Query } from './query.js';
import type { StoredCell, StoredDocument, ViewBatch, ViewBuild, ViewReader } from './view-store.js';

/** Writes batches somewhere else, one after the other: on another thread. */
export interface BatchWriter {
  apply(batch: ViewBatch): Promise<void>;
  complete(): Promise<void>;
  close(): Promise<void>;
}

/** Reads what a `BatchWriter` has written. */
export interface WrittenViews extends ViewReader {
  close(): Promise<void>;
}

/**
 * Views of which one batch is written while the next is being made. Documents of the batch under way are read from it;
 * every other read waits until it is written. For one who writes alone, the batches of each partition in order.
 */
export class WriteBehind implements ViewBuild {
  #underWay: { readonly batch: ViewBatch; readonly written: Promise<void> } | undefined;

  constructor(
    private readonly views: WrittenViews,
    private readonly writer: BatchWriter,
  ) {}

  /** Resolves once the batch before is written. */
  async apply(batch: ViewBatch): Promise<void> {
    // Others may be waiting too: the batches of several partitions.
    while (this.#underWay !== undefined) await this.#settled();
    const written = this.writer.apply(batch);
    // Told to whoever calls next; until somebody does, it is no unhandled rejection.
    written.catch(() => undefined);
    this.#underWay = { batch, written };
  }

  async get(view: string, tenant: string, ids: readonly string[]): Promise<readonly StoredDocument[]> {
    const wanted = new Set(ids);
    const underWay: StoredDocument[] = [];
    for (const document of this.#underWay?.batch.documents ?? []) {
      if (document.view !== view || document.tenant !== tenant || !wanted.delete(document.id)) continue;
      const { view: _, ...stored } = document;
      underWay.push(stored);
    }
    return [...underWay, ...(await this.views.get(view, tenant, [...wanted]))];
  }

  async getCells(
    cube: string,
    tenant: string,
    dimensions: readonly StoredCell['dimensions'][],
  ): Promise<readonly StoredCell[]> {
    await this.#settled();
    return this.views.getCells(cube, tenant, dimensions);
  }

  async find(view: string, query: Query): Promise<Page> {
    await this.#settled();
    return this.views.find(view, query);
  }

  async count(view: string, filter: Filter, atMost: number): Promise<number> {
    await this.#settled();
    return this.views.count(view, filter, atMost);
  }

  async cells(cube: string, tenant: string, conditions: readonly Condition[]): Promise<readonly StoredCell[]> {
    await this.#settled();
    return this.views.cells(cube, tenant, conditions);
  }

  async checkpoint(partition: number): Promise<number> {
    await this.#settled();
    return this.views.checkpoint(partition);
  }

  async positionOf(tenant: string): Promise<number> {
    await this.#settled();
    return this.views.positionOf(tenant);
  }

  async *scan(view: string): AsyncGenerator<StoredDocument> {
    await this.#settled();
    yield* this.views.scan(view);
  }

  async *scanCells(cube: string): AsyncGenerator<StoredCell> {
    await this.#settled();
    yield* this.views.scanCells(cube);
  }

  async snapshot<T>(read: (snapshot: ViewReader) => Promise<T>): Promise<T> {
    await this.#settled();
    return this.views.snapshot(read);
  }

  async complete(): Promise<void> {
    await this.#settled();
    await this.writer.complete();
  }

  /** Waits for the batch under way. Its failure is thrown, unless somebody was told already. */
  async close(): Promise<void> {
    try {
      await this.#settled();
    } finally {
      await this.writer.close();
      await this.views.close();
    }
  }

  async #settled(): Promise<void> {
    const underWay = this.#underWay;
    if (underWay === undefined) return;
    await underWay.written.finally(() => {
      if (this.#underWay === underWay) this.#underWay = undefined;
    });
  }
}
