import type { ReadableStore } from '@sillage/erasure';
import type { EventFeed } from '@sillage/event-feed';
import type { EventLog } from '@sillage/event-store';
import type { Partitioning } from '@sillage/reporting';
import type { ViewBuild, ViewGenerations, ViewReader } from '@sillage/view-store';

/** What a Sillage keeps, for commands that look at it directly, whether or not it runs. */
export interface Stores {
  readonly log: EventLog;
  /** All of the log, whatever the partition. */
  readonly feed: EventFeed;
  readonly generations: ViewGenerations;
  /** How the views are kept. */
  readonly partitioning: Partitioning;

  /**
   * The views of a generation, to be read only: nothing is made that is not there.
   * @throws ViewsOfAnotherSchema
   */
  readGeneration<T>(generation: number, read: (views: ViewReader) => Promise<T>): Promise<T>;

  /** Views of nobody's, to be folded and looked at; gone when `use` is done. */
  withTemporaryViews<T>(use: (views: ViewBuild) => Promise<T>): Promise<T>;

  /** Undefined while another process rebuilds these views. */
  lockRebuild(): Promise<RebuildLock | undefined>;

  close(): Promise<void>;
}

/** An event store to read from, whether or not a server runs on it. */
export interface Source {
  readonly log: ReadableStore;
  close(): Promise<void>;
}

/** The right to rebuild. */
export interface RebuildLock {
  /** Aborted when somebody else may have it: then stop. */
  readonly lost: AbortSignal;
  release(): Promise<void>;
}
