import { Problem } from '@sillage/kernel';
import { MongoNetworkError, MongoServerError, MongoServerSelectionError } from 'mongodb';

/** Milliseconds that a read may take. */
const DEADLINE = 5_000;

/** What MongoDB answers when it has given up a read at its deadline. */
const MAX_TIME_EXPIRED = 50;

/** Bounds a read where it is done, and where it is waited for: a server that hangs keeps no deadline. */
export interface Limits {
  readonly maxTimeMS: number;
  readonly signal: AbortSignal;
}

/**
 * Reads within the deadline.
 * @throws Problem `deadline-exceeded`, or `store-unavailable` when MongoDB cannot be reached.
 */
export async function answering<T>(read: (limits: Limits) => Promise<T>, deadline = DEADLINE): Promise<T> {
  const signal = AbortSignal.timeout(deadline);
  try {
    return await read({ maxTimeMS: deadline, signal });
  } catch (error) {
    throw problemOf(error, signal) ?? error;
  }
}

function problemOf(error: unknown, signal: AbortSignal): Problem | undefined {
  const code = codeOf(error, signal);
  if (code === undefined) return undefined;
  const problem = new Problem(code);
  problem.cause = error;
  return problem;
}

function codeOf(error: unknown, signal: AbortSignal): 'deadline-exceeded' | 'store-unavailable' | undefined {
  if (error instanceof MongoNetworkError || error instanceof MongoServerSelectionError) return 'store-unavailable';
  const isLate = error instanceof MongoServerError ? error.code === MAX_TIME_EXPIRED : signal.aborted;
  return isLate ? 'deadline-exceeded' : undefined;
}
