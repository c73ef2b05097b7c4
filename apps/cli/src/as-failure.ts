import { KeysNotOpened, MasterKeyMissing } from '@sillage/erasure';
import { EventStoreError } from '@sillage/event-store';
import { StartupError } from '@sillage/platform';
import { Failure } from './failure.js';

const FOR_USERS = [EventStoreError, KeysNotOpened, MasterKeyMissing, StartupError] as const;

/** What the user can act upon, in one line; a defect stays what it is. */
export function asFailure(error: unknown): unknown {
  return FOR_USERS.some((kind) => error instanceof kind) && error instanceof Error ? new Failure(error.message) : error;
}
