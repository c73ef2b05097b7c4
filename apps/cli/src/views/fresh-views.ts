import { type FoldProgress, foldTo } from '@sillage/reporting';
import type { ViewBuild } from '@sillage/view-store';
import { Failure } from '../failure.js';
import type { LogProgress } from '../progress/log-progress.js';
import type { Stores } from '../stores.js';

/** Views that are folded from the log beside those that serve. */
export class FreshViews {
  /** Folded so far, and the milliseconds that this took. */
  events = 0;
  folding = 0;

  constructor(
    private readonly stores: Pick<Stores, 'log' | 'feed' | 'partitioning'>,
    readonly store: ViewBuild,
    private readonly walk: LogProgress,
    private readonly signal: AbortSignal,
  ) {}

  /**
   * Folds on until each partition is at a position.
   * @throws Failure when the log ends before: what is there was not made of it.
   */
  async reach(to: readonly number[]): Promise<void> {
    const { log, feed, partitioning } = this.stores;
    const [end, head] = [Math.max(...to), await log.head()];
    if (end > head) throw new Failure(`the views are at position ${end}, where the events end at ${head}`);
    const startedAt = performance.now();
    let told = 0;
    const onProgress = ({ events, position }: FoldProgress) => {
      this.walk.reach(position, events - told);
      told = events;
    };
    const { store, signal } = this;
    this.events += (await foldTo({ feed, store, partitioning, to, signal, onProgress })).events;
    await store.complete();
    this.folding += performance.now() - startedAt;
  }
}
