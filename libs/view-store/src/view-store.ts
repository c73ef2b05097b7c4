import type { JsonObject } from '@sillage/kernel';
import type { Condition, Filter, Page, Query } from './query.js';

/** A document as a view keeps it. */
export interface StoredDocument {
  readonly tenant: string;
  readonly id: string;
  /** Position of the event that began the record: the order of creation, and of a tenant's documents' first writing. */
  readonly ordinal: number;
  /** Position of the event that this is the value after. */
  readonly position: number;
  readonly deleted: boolean;
  /** Holds `createdAt` (RFC 3339, UTC, milliseconds), which is the same in each value of the document. */
  readonly document: JsonObject;
}

/** Integer sums by name. Money is in minor units. A measure that is 0 is left out. */
export type Measures = { readonly [measure: string]: bigint };

export interface StoredCell {
  readonly tenant: string;
  /** A value, or null where the documents have none, for each dimension of the cube, in its order. */
  readonly dimensions: readonly (string | null)[];
  readonly measures: Measures;
  /** Position of the event that this is the value after. */
  readonly position: number;
}

/**
 * What a batch of events makes of the views: absolute values, never differences. A cell without measures is no more.
 * A value with a lower position than the stored one (or than a cell's removal) is ignored.
 */
export interface ViewBatch {
  readonly documents: readonly (StoredDocument & { readonly view: string })[];
  readonly cells: readonly (StoredCell & { readonly cube: string })[];
  /**
   * What the batch does to the checkpoint of its partition: it was made from the views as they are at `after`, and all
   * events up to `position` are in them once it is.
   */
  readonly checkpoint: { readonly partition: number; readonly after: number; readonly position: number };
  /**
   * Set when what the documents were before must be nowhere any more, because somebody is to be forgotten. A store that
   * has files of its own then removes it from them, a while later.
   */
  readonly erases?: true;
}

/** Reads of one generation of the views. */
export interface ViewReader {
  /** The documents of these ids that there are, deleted ones included, in no particular order. */
  get(view: string, tenant: string, ids: readonly string[]): Promise<readonly StoredDocument[]>;

  /**
   * A page of the documents that match.
   * @throws QueryNotDeclared when the view declares no such field, condition or sort.
   * @throws Problem `invalid-cursor` when `after` is no end of a page of such a list.
   */
  find(view: string, query: Query): Promise<Page>;

  /**
   * How many documents match, counting no further than `atMost`.
   * @throws QueryNotDeclared
   */
  count(view: string, filter: Filter, atMost: number): Promise<number>;

  /**
   * The cells of a cube that meet all conditions on its dimensions.
   * @throws QueryNotDeclared when the cube has no such dimension.
   */
  cells(cube: string, tenant: string, conditions: readonly Condition[]): Promise<readonly StoredCell[]>;

  /** The cells with exactly these dimensions that there are. */
  getCells(
    cube: string,
    tenant: string,
    dimensions: readonly (readonly (string | null)[])[],
  ): Promise<readonly StoredCell[]>;

  /** Position up to which a partition's events are in the views; 0 before the first. */
  checkpoint(partition: number): Promise<number>;

  /**
   * Up to which event of the log the views of a tenant are: the checkpoint of its partition, which is the one that the
   * last batch with anything of the tenant came from. Before there was any, the lowest checkpoint of all partitions.
   */
  positionOf(tenant: string): Promise<number>;

  /** Every document of a view by tenant, then id, for comparing generations. */
  scan(view: string): AsyncIterable<StoredDocument>;

  /** Every cell of a cube by tenant, then dimensions (as JSON text). */
  scanCells(cube: string): AsyncIterable<StoredCell>;

  /**
   * Everything that `read` reads is of one state of the views, though batches may be applied meanwhile. A store that
   * cannot keep a state beside the one it is in finds out afterwards that it has changed: then compare generations while
   * nobody writes to them.
   * @throws ViewsMovedOn when the state has not been kept.
   */
  snapshot<T>(read: (snapshot: ViewReader) => Promise<T>): Promise<T>;
}

/** One generation of the views: made anew from the log at any time, beside the one that serves. */
export interface ViewStore extends ViewReader {
  /**
   * Writes a batch as a whole. When it fails, or the process dies, nothing of it is there, or all of it will be as soon
   * as anybody who writes asks for the checkpoint: so that is where to go on from.
   * @throws ViewsMovedOn when the checkpoint is not where the batch begins.
   */
  apply(batch: ViewBatch): Promise<void>;
  close(): Promise<void>;
}

/**
 * A generation that is being made: it may leave what pages and counts are read by for the end. Batches may be applied without
 * waiting for those before: they are written in that order, and none after one that failed.
 */
export interface ViewBuild extends ViewStore {
  /** Makes what was left: only then are pages found. Batches may be applied before and after. */
  complete(): Promise<void>;
}
