import { Logger } from '@nestjs/common';
import { OutcomeUnknown, Problem, StoreUnavailable, sendProblem } from '@sillage/kernel';
import type { Reply } from './message.js';

const logger = new Logger('Messages');

/** Turns what a handler returns or throws into a reply. A defect is logged here, where its stack is; callers get its code. */
export async function replying<Value>(handle: () => Promise<Value>): Promise<Reply<Value>> {
  try {
    return { value: await handle() };
  } catch (error) {
    return { problem: sendProblem(asProblem(error)) };
  }
}

export function asProblem(error: unknown): Problem {
  if (error instanceof Problem) return error;
  logger.error(error instanceof Error ? (error.stack ?? error.message) : String(error));
  const isOfTheStore = error instanceof OutcomeUnknown || error instanceof StoreUnavailable;
  return new Problem(isOfTheStore ? 'store-unavailable' : 'internal-error');
}
