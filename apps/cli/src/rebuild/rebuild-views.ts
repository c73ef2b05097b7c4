import { checksum, type Difference, differences } from '@sillage/reporting';
import { type ViewBuild, type ViewGenerations, type ViewReader, ViewsOfAnotherSchema } from '@sillage/view-store';
import { LogProgress } from '../progress/log-progress.js';
import type { Progress } from '../progress/progress.js';
import type { Stores } from '../stores.js';
import { FreshViews } from '../views/fresh-views.js';
import { sideBySide } from '../views/side-by-side.js';

/** Views that were made anew, and what came out of comparing them with those that served so far. */
interface Compared {
  /** Of the new ones. */
  readonly checksum: string;
  readonly comparison: Comparison;
}

export type Comparison =
  | { readonly kind: 'same' }
  /** Where the views that served were not what the log says, at the same positions; at most ten. */
  | { readonly kind: 'different'; readonly differences: readonly Difference[] }
  /** There were none, or none of this schema. */
  | { readonly kind: 'nothing-to-compare' }
  /** They were written to all the while, in a store that keeps no state beside the one it is in. */
  | { readonly kind: 'not-at-rest' };

export interface Rebuilt extends Compared {
  /** The generation that was made. */
  readonly generation: number;
  /** Events folded by this run: fewer than there are when an interrupted rebuild went on. */
  readonly events: number;
  /** Milliseconds that this took. */
  readonly folding: number;
}

const MOST_DIFFERENCES = 10;

/**
 * Makes the views anew from the log, beside those that serve, and compares both at the same positions. What an
 * interrupted rebuild has done stays done.
 */
export async function rebuildViews(stores: Stores, progress: Progress, signal: AbortSignal): Promise<Rebuilt> {
  const { log, generations } = stores;
  const walk = new LogProgress(progress, 'rebuild', await log.head());
  const serving = await comparable(stores);
  const generation = await generations.next();
  const store = await begunOrAnew(generations, generation);
  try {
    const fresh = new FreshViews(stores, store, walk, signal);
    const compared = await foldAndCompare(stores, serving, fresh);
    return { ...compared, generation, events: fresh.events, folding: fresh.folding };
  } finally {
    await store.close();
  }
}

async function foldAndCompare(stores: Stores, generation: number | undefined, fresh: FreshViews): Promise<Compared> {
  if (generation === undefined) {
    const head = await stores.log.head();
    await fresh.reach(Array.from({ length: stores.partitioning.partitions }, () => head));
    return { checksum: await checksum(fresh.store), comparison: { kind: 'nothing-to-compare' } };
  }
  const compared = await sideBySide(stores, generation, fresh, ({ serving }) => compare(serving, fresh.store));
  return compared ?? { checksum: await checksum(fresh.store), comparison: { kind: 'not-at-rest' } };
}

async function compare(serving: ViewReader, fresh: ViewReader): Promise<Compared> {
  const [before, after] = [await checksum(serving), await checksum(fresh)];
  if (before === after) return { checksum: after, comparison: { kind: 'same' } };
  const found = await differences(serving, fresh, MOST_DIFFERENCES);
  return { checksum: after, comparison: { kind: 'different', differences: found } };
}

/** The generation that serves, unless it was made for another schema: then nothing can be compared. */
async function comparable({ generations, readGeneration }: Stores): Promise<number | undefined> {
  const serving = await generations.current();
  if (serving === undefined) return undefined;
  return unlessOfAnotherSchema(() => readGeneration(serving, async () => serving));
}

/** What an interrupted rebuild has left, unless that was made for another schema. */
async function begunOrAnew(generations: ViewGenerations, generation: number): Promise<ViewBuild> {
  const begun = await unlessOfAnotherSchema(() => generations.build(generation));
  if (begun !== undefined) return begun;
  await generations.drop(generation);
  return generations.build(generation);
}

async function unlessOfAnotherSchema<T>(open: () => Promise<T>): Promise<T | undefined> {
  try {
    return await open();
  } catch (error) {
    if (error instanceof ViewsOfAnotherSchema) return undefined;
    throw error;
  }
}
