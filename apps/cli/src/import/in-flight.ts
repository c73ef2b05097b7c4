import { Interrupted } from '../failure.js';

/**
 * Works on items as they come, at most `limit` at a time; no item is taken before there is room for it. After a
 * failure, or once `stop` is aborted, no more are taken, and those in work are finished.
 *
 * @throws the first failure; Interrupted when it was stopped before the end.
 */
export async function eachInFlight<T>(
  items: AsyncIterable<T>,
  { limit, stop }: { readonly limit: number; readonly stop: AbortSignal },
  work: (item: T) => Promise<void>,
): Promise<void> {
  const running = new Set<Promise<void>>();
  const failures: unknown[] = [];
  for await (const item of items) {
    if (stop.aborted || failures.length > 0) break;
    const one = work(item)
      .catch((error: unknown) => void failures.push(error))
      .finally(() => running.delete(one));
    running.add(one);
    if (running.size >= limit) await Promise.race(running);
  }
  await Promise.all(running);
  if (failures.length > 0) throw failures[0];
  if (stop.aborted) throw new Interrupted();
}
