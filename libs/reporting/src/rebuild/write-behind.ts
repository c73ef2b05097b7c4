import type { StoredCell, StoredDocument, ViewBatch } from '@sillage/view-store';
import type { FoldedViews } from '../projector/view-writer.js';

/**
 * Lets the next batch be folded while the one before is being written: who reads finds what is under way as if it was
 * there. After a failure nothing can be applied any more.
 */
export class WriteBehind implements FoldedViews {
  private writing: Promise<void> = Promise.resolve();
  private documents = new Map<string, StoredDocument>();
  private cells = new Map<string, StoredCell>();

  constructor(private readonly store: FoldedViews) {}

  async get(view: string, tenant: string, ids: readonly string[]): Promise<readonly StoredDocument[]> {
    const { documents } = this;
    const underWay = ids.flatMap((id) => documents.get(documentKey(view, tenant, id)) ?? []);
    const others = ids.filter((id) => !documents.has(documentKey(view, tenant, id)));
    return others.length === 0 ? underWay : [...underWay, ...(await this.store.get(view, tenant, others))];
  }

  async getCells(
    cube: string,
    tenant: string,
    dimensions: readonly StoredCell['dimensions'][],
  ): Promise<readonly StoredCell[]> {
    const { cells } = this;
    const underWay: StoredCell[] = [];
    const others: StoredCell['dimensions'][] = [];
    for (const values of dimensions) {
      const cell = cells.get(cellKey(cube, tenant, values));
      if (cell === undefined) others.push(values);
      else if (Object.keys(cell.measures).length > 0) underWay.push(cell);
    }
    return others.length === 0 ? underWay : [...underWay, ...(await this.store.getCells(cube, tenant, others))];
  }

  checkpoint(partition: number): Promise<number> {
    return this.store.checkpoint(partition);
  }

  /** Resolves once the batch before is written. @throws what went wrong with it. */
  async apply(batch: ViewBatch): Promise<void> {
    const before = this.writing;
    // Not after that one: what the store does before it writes can be done meanwhile.
    this.writing = this.store.apply(batch);
    // It is told to whoever applies or settles next.
    this.writing.catch(() => undefined);
    await before;
    this.documents = new Map(batch.documents.map((one) => [documentKey(one.view, one.tenant, one.id), one]));
    this.cells = new Map(batch.cells.map((one) => [cellKey(one.cube, one.tenant, one.dimensions), one]));
  }

  /** Resolves once everything is written. @throws what went wrong with it. */
  settled(): Promise<void> {
    return this.writing;
  }
}

function documentKey(view: string, tenant: string, id: string): string {
  return `${view}\0${tenant}\0${id}`;
}

function cellKey(cube: string, tenant: string, dimensions: StoredCell['dimensions']): string {
  return `${cube}\0${tenant}\0${JSON.stringify(dimensions)}`;
}
