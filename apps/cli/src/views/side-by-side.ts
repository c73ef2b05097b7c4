import { type ViewReader, ViewsMovedOn } from '@sillage/view-store';
import type { Stores } from '../stores.js';
import type { FreshViews } from './fresh-views.js';

/** How often views that do not keep still are looked at. */
const ATTEMPTS = 5;

/** The views that serve, as they stay while they are looked at, with fresh ones of the same positions. */
export interface SideBySide {
  readonly serving: ViewReader;
  /** Of both, by partition. */
  readonly positions: readonly number[];
}

/**
 * Looks at the views that serve when fresh ones are exactly where those are. They move on meanwhile: so the fresh ones
 * first follow to where they are now, and the little that is left is folded while they stand still.
 * @returns undefined when the store could not make them stand still, and they were written to at each attempt.
 */
export async function sideBySide<T>(
  stores: Stores,
  generation: number,
  fresh: FreshViews,
  look: (both: SideBySide) => Promise<T>,
): Promise<T | undefined> {
  return stores.readGeneration(generation, async (serving) => {
    for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
      await fresh.reach(await checkpoints(stores, serving));
      try {
        return await serving.snapshot(async (still) => {
          const positions = await checkpoints(stores, still);
          await fresh.reach(positions);
          return look({ serving: still, positions });
        });
      } catch (error) {
        if (!(error instanceof ViewsMovedOn)) throw error;
      }
    }
    return undefined;
  });
}

/** By partition. */
export function checkpoints({ partitioning }: Stores, views: ViewReader): Promise<readonly number[]> {
  const partitions = Array.from({ length: partitioning.partitions }, (_, partition) => partition);
  return Promise.all(partitions.map((partition) => views.checkpoint(partition)));
}
