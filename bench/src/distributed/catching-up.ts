import { setTimeout as sleep } from 'node:timers/promises';

/** Milliseconds. */
const LOOK_EVERY = 100;
const PATIENCE = 180_000;

/** How a count came up with what it was to reach. */
export interface CatchingUp {
  /** Counted between the first look that saw something new, and the last. */
  readonly events: number;
  readonly seconds: number;
}

/**
 * Looks at a count until it is at its end. The clock starts with the first look at which it has moved: what a process
 * needs to start and to find its partitions is not part of its rate.
 * @throws when it does not come to its end.
 */
export async function catchUp(count: () => Promise<number>, end: number): Promise<CatchingUp> {
  const givenUpAt = performance.now() + PATIENCE;
  const before = await count();
  let first: { readonly count: number; readonly at: number } | undefined;
  for (;;) {
    const [now, at] = [await count(), performance.now()];
    if (first === undefined && now > before) first = { count: now, at };
    if (first !== undefined && now >= end) return { events: now - first.count, seconds: (at - first.at) / 1_000 };
    if (at > givenUpAt) throw new Error(`${now} of ${end} events within ${PATIENCE / 1_000} s`);
    await sleep(LOOK_EVERY);
  }
}
