import codes from '@eventstore/db-client/generated/code_pb.js';
import shared from '@eventstore/db-client/generated/shared_pb.js';
import statuses from '@eventstore/db-client/generated/status_pb.js';
import streams from '@eventstore/db-client/generated/streams_pb.js';
import type { Message } from 'google-protobuf';
import any from 'google-protobuf/google/protobuf/any_pb.js';
import empty from 'google-protobuf/google/protobuf/empty_pb.js';

type Response = streams.BatchAppendResp;

export function success(revision: number, position: number | undefined): Response {
  const result = new streams.BatchAppendResp.Success().setCurrentRevision(String(revision));
  if (position === undefined) result.setNoPosition(new empty.Empty());
  else result.setPosition(toPosition(position));
  return new streams.BatchAppendResp().setSuccess(result);
}

function toPosition(position: number): shared.AllStreamPosition {
  return new shared.AllStreamPosition().setCommitPosition(String(position)).setPreparePosition(String(position));
}

export function wrongExpectedVersion(expected: number, current: number): Response {
  const details = new shared.WrongExpectedVersion();
  if (expected === -1) details.setExpectedNoStream(new empty.Empty());
  else details.setExpectedStreamPosition(String(expected));
  if (current === -1) details.setCurrentNoStream(new empty.Empty());
  else details.setCurrentStreamRevision(String(current));
  return failure('WrongExpectedVersion', codes.Code.ALREADY_EXISTS, details);
}

export function appendTooLarge(most: number): Response {
  const details = new shared.MaximumAppendSizeExceeded().setMaxappendsize(most);
  return failure('MaximumAppendSizeExceeded', codes.Code.INVALID_ARGUMENT, details);
}

export function timedOut(): Response {
  return failure('Timeout', codes.Code.DEADLINE_EXCEEDED, new shared.Timeout());
}

export function badRequest(message: string): Response {
  return failure('BadRequest', codes.Code.INVALID_ARGUMENT, new shared.BadRequest().setMessage(message));
}

/** The type of the details has the name of the error, as the message has. */
function failure(name: string, code: codes.Code, details: Message): Response {
  const packed = new any.Any();
  packed.pack(details.serializeBinary(), `event_store.client.${name}`);
  return new streams.BatchAppendResp().setError(
    new statuses.Status().setCode(code).setMessage(name).setDetails(packed),
  );
}
