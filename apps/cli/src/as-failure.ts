import { EventStoreError } from '@sillage/event-store';
import { StartupError } from '@sillage/platform';
import { Failure } from './failure.js';

/** What the user can act upon, in one line; a defect stays what it is. */
export function asFailure(error: unknown): unknown {
  const isForUsers = error instanceof EventStoreError || error instanceof StartupError;
  return isForUsers ? new Failure(error.message) : error;
}
