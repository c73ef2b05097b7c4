import type { Status } from '@eventstore/db-client/generated/status_pb.js';
import type { BatchAppendResp } from '@eventstore/db-client/generated/streams_pb.js';
import { AppendTooLarge, StoreUnavailable, WrongExpectedRevision } from '@sillage/kernel';
import { CallEnded } from './batch-append.js';
import { isNotReady, reasonOf, wasNotSent } from './failures.js';
import { toPosition } from './read-response.js';

/** What became of one attempt at an append. */
export type AppendOutcome<Position> =
  | { readonly kind: 'stored'; readonly position: Position }
  /** Nothing was stored, nor will a repeat be. */
  | { readonly kind: 'refused'; readonly error: Error }
  /** Nothing was stored, and a repeat may be. */
  | { readonly kind: 'not-stored'; readonly reason: string }
  | { readonly kind: 'unknown'; readonly cause: unknown };

/**
 * What the answer to an append to `stream` (our name) says. It lacks the position where a repeat was recognised whose
 * events the server could not look up.
 */
export function outcomeOf(
  answer: BatchAppendResp,
  stream: string,
  expected: number,
): AppendOutcome<number | undefined> {
  const success = answer.getSuccess();
  if (success) {
    const commit = success.getPosition()?.getCommitPosition();
    return { kind: 'stored', position: commit === undefined ? undefined : toPosition(Number(commit)) };
  }
  const error = answer.getError();
  if (!error) return { kind: 'unknown', cause: new Error('the server gave neither a result nor an error') };
  return outcomeOfError(error, stream, expected);
}

/** The server names its errors by the type of their details (`Streams.BatchAppend.cs`, `Status.cs`). */
function outcomeOfError(error: Status, stream: string, expected: number): AppendOutcome<never> {
  const message = error.getMessage();
  switch (error.getDetails()?.getTypeName()) {
    case 'event_store.client.WrongExpectedVersion':
      return { kind: 'refused', error: new WrongExpectedRevision(stream, expected) };
    // Only from a server that was set up to take less than we send.
    case 'event_store.client.MaximumAppendSizeExceeded':
      return { kind: 'refused', error: new AppendTooLarge() };
    case 'event_store.client.StreamDeleted':
      return { kind: 'refused', error: new StoreUnavailable(`stream ${stream} was deleted on the server`) };
    case 'event_store.client.AccessDenied':
    case 'event_store.client.BadRequest':
      return { kind: 'refused', error: new StoreUnavailable(message) };
    default:
      // Timeout above all: the server gave up waiting for its own log, and may have written.
      return isNotReady(message)
        ? { kind: 'not-stored', reason: message }
        : { kind: 'unknown', cause: new Error(`the server answered ${message}`) };
  }
}

/** What became of an attempt that ended without an answer. */
export function outcomeWithoutAnswer(error: unknown): AppendOutcome<never> {
  const cause = error instanceof CallEnded ? error.cause : error;
  return wasNotSent(cause) ? { kind: 'not-stored', reason: reasonOf(cause) } : { kind: 'unknown', cause };
}
