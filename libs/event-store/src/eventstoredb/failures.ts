import { isCommandError } from '@eventstore/db-client';
import { type ServiceError, status } from '@grpc/grpc-js';
import { StoreUnavailable } from '@sillage/kernel';

/** The ways in which grpc-js says that a call never left this machine (its `load-balancing-call` and `channel`). */
const NOT_SENT = /^(?:No connection established|Channel closed before call started|Name resolution failed)/;

/** How grpc-js and the server word that a node is up but takes nothing yet. */
const NOT_READY = /Server Is (?:Not Ready|Too Busy|Busy)/;

/** True when it is sure that the server has not seen the request. */
export function wasNotSent(error: unknown): boolean {
  if (isServiceError(error)) return error.code === status.UNAVAILABLE && NOT_SENT.test(error.details);
  // Discovery of a cluster fails before any call, with an Error that has no type.
  return error instanceof Error && !isCommandError(error) && error.message.startsWith('Failed to discover');
}

/** True for the words of a server that has refused a request without looking at it, and may take it in a moment. */
export function isNotReady(message: string): boolean {
  return NOT_READY.test(message);
}

/** True when the server cannot read from the position that it was given: it is no event's. */
export function isInvalidPosition(error: unknown): boolean {
  if (!isServiceError(error)) return false;
  // From a subscription; 23.10 tells it as an unknown error, as both do from a read.
  return error.details.includes('invalid position') || error.details.includes('InvalidPosition');
}

/** The server cannot begin to read at a position. */
export class InvalidPosition extends StoreUnavailable {}

/** What a failed read is to a caller of the port. */
export function readFailure(error: unknown): StoreUnavailable {
  if (error instanceof StoreUnavailable) return error;
  return isInvalidPosition(error) ? new InvalidPosition(reasonOf(error)) : new StoreUnavailable(reasonOf(error));
}

export function reasonOf(error: unknown): string {
  if (isServiceError(error)) return error.details || error.message;
  return error instanceof Error ? error.message : String(error);
}

function isServiceError(error: unknown): error is ServiceError {
  return error instanceof Error && 'code' in error && typeof error.code === 'number' && 'details' in error;
}
