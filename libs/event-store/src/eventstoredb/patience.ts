import { setTimeout as sleep } from 'node:timers/promises';

/** What comes first: the promise's outcome, or the signal's end, whose reason is then thrown. */
export async function unlessAborted<Value>(promise: Promise<Value>, signal: AbortSignal): Promise<Value> {
  const { promise: aborted, reject } = Promise.withResolvers<never>();
  const abort = () => reject(signal.reason);
  if (signal.aborted) abort();
  signal.addEventListener('abort', abort);
  try {
    // Also takes care of the one that loses: should it fail later, its failure is no unhandled one.
    return await Promise.race([promise, aborted]);
  } finally {
    signal.removeEventListener('abort', abort);
  }
}

/** Waits before the next attempt, twice as long each time and at most `longest` milliseconds, or until the signal. */
export async function backOff(attempt: number, longest: number, signal: AbortSignal): Promise<void> {
  const time = Math.min(longest, FIRST_PAUSE * 2 ** (attempt - 1));
  // Half of it by chance, so that those who failed together do not come back together.
  await sleep(time * (0.5 + Math.random() / 2), undefined, { signal }).catch(() => {});
}

/** In milliseconds. */
const FIRST_PAUSE = 50;
