import { setTimeout as passing } from 'node:timers/promises';
import type { Logger } from 'pino';
import type { Readiness } from './readiness.js';
import { StartupError } from './startup-error.js';

/** Milliseconds before the first and the last attempts to reach what is not there; in between they double. */
const FIRST_PAUSE = 100;
const LONGEST_PAUSE = 5_000;

export interface Waiting {
  readonly logger: Logger;
  readonly readiness: Readiness;
  /** Ends the waiting. */
  readonly signal: AbortSignal;
}

/**
 * Opens something that a process depends on, again and again until it is there; says each time that it is missing.
 * @throws StartupError at once when `open` does: waiting would not help. AbortError when the signal is aborted.
 */
export async function waitFor<T>(
  dependency: string,
  open: () => Promise<T>,
  { logger, readiness, signal }: Waiting,
): Promise<T> {
  readiness.lack(dependency);
  for (let pause = FIRST_PAUSE; ; pause = Math.min(LONGEST_PAUSE, pause * 2)) {
    signal.throwIfAborted();
    try {
      const opened = await open();
      readiness.found(dependency);
      return opened;
    } catch (error) {
      if (error instanceof StartupError) throw error;
      const reason = error instanceof Error ? error.message : String(error);
      logger.warn({ dependency, reason, retryInMs: pause }, `${dependency} is missing: waiting for it`);
      await passing(pause, undefined, { signal });
    }
  }
}
