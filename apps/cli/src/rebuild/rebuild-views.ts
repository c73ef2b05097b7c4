import { checksum, type Difference, differences, foldTo } from '@sillage/reporting';
import { type ViewGenerations, type ViewStore, ViewsOfAnotherSchema } from '@sillage/view-store';
import type { Progress } from '../progress/progress.js';
import type { Stores } from '../registration.js';

export interface Rebuilt {
  /** The generation that was made. */
  readonly generation: number;
  /** Events folded by this run: fewer than there are when an interrupted rebuild went on. */
  readonly events: number;
  /** Milliseconds that this took. */
  readonly folding: number;
  readonly checksum: string;
  /** Where the views that served so far were not what the log says, at the same position; at most ten. */
  readonly differences: readonly Difference[];
}

/**
 * Makes the views anew from the log, beside those that serve, and compares both at one position. What an interrupted
 * rebuild has done stays done.
 */
export async function rebuildViews(stores: Stores, progress: Progress, signal: AbortSignal): Promise<Rebuilt> {
  const { feed, log, generations } = stores;
  const serving = await comparable(stores);
  const generation = await generations.next();
  const store = await begunOrAnew(generations, generation);
  let [events, folding] = [0, 0];
  const fold = async (to: number): Promise<void> => {
    const startedAt = performance.now();
    let told = 0;
    const onProgress = (folded: { readonly events: number }) => {
      progress.advance(folded.events - told);
      told = folded.events;
    };
    events += (await foldTo({ feed, store, to, signal, onProgress })).events;
    folding += performance.now() - startedAt;
  };
  try {
    if (serving === undefined) {
      await fold(await log.head());
      return { generation, events, folding, checksum: await checksum(store), differences: [] };
    }
    // The views that serve move on meanwhile. So the new ones first follow to where those are now; the little that is
    // left is folded while a snapshot of those stands still.
    await fold(await stores.readGeneration(serving, (views) => views.checkpoint(0)));
    return await stores.readGeneration(serving, async (views) => {
      await fold(await views.checkpoint(0));
      const [before, after] = [await checksum(views), await checksum(store)];
      const found = before === after ? [] : await differences(views, store, 10);
      return { generation, events, folding, checksum: after, differences: found };
    });
  } finally {
    await store.close();
  }
}

/** The generation that serves, unless it was made for another schema: then nothing can be compared. */
async function comparable({ generations, readGeneration }: Stores): Promise<number | undefined> {
  const serving = await generations.current();
  if (serving === undefined) return undefined;
  return unlessOfAnotherSchema(() => readGeneration(serving, async () => serving));
}

/** What an interrupted rebuild has left, unless that was made for another schema. */
async function begunOrAnew(generations: ViewGenerations, generation: number): Promise<ViewStore> {
  const begun = await unlessOfAnotherSchema(() => generations.open(generation));
  if (begun !== undefined) return begun;
  await generations.drop(generation);
  return generations.open(generation);
}

async function unlessOfAnotherSchema<T>(open: () => Promise<T>): Promise<T | undefined> {
  try {
    return await open();
  } catch (error) {
    if (error instanceof ViewsOfAnotherSchema) return undefined;
    throw error;
  }
}
