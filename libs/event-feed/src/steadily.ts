import { setTimeout } from 'node:timers/promises';

/** How long to wait after a failure, in milliseconds: doubled with each further one, up to `most`. */
export interface BackOff {
  readonly first: number;
  readonly most: number;
}

export type Setback =
  | { readonly kind: 'failed'; readonly error: unknown; readonly retryInMs: number }
  | { readonly kind: 'recovered'; readonly position: number };

export interface SteadyWork {
  readonly signal: AbortSignal;
  /** Works until the signal; an earlier end is a failure. Tells each position that it has reached. */
  readonly work: (reached: (position: number) => void) => Promise<void>;
  readonly tell: (setback: Setback) => void;
  /** Default: from 100 ms to 10 s. */
  readonly backOff?: BackOff | undefined;
}

const BACK_OFF = { first: 100, most: 10_000 };

/** Does what follows a log until aborted; a failure is told, and followed by a new start. */
export async function steadily({ signal, work, tell, backOff = BACK_OFF }: SteadyWork): Promise<void> {
  let retryInMs = backOff.first;
  let hasFailed = false;
  const reached = (position: number) => {
    if (hasFailed) tell({ kind: 'recovered', position });
    hasFailed = false;
    retryInMs = backOff.first;
  };
  while (!signal.aborted) {
    try {
      await work(reached);
      if (!signal.aborted) throw new Error('the feed has ended');
    } catch (error) {
      if (signal.aborted) return;
      hasFailed = true;
      tell({ kind: 'failed', error, retryInMs });
      await setTimeout(retryInMs, undefined, { signal }).catch(() => {});
      retryInMs = Math.min(2 * retryInMs, backOff.most);
    }
  }
}
