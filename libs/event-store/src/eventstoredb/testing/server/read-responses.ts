import shared from '@eventstore/db-client/generated/shared_pb.js';
import streams from '@eventstore/db-client/generated/streams_pb.js';
import type { Recorded } from './recorded.js';

const { ReadResp } = streams;

/** Ticks of .NET, in which the server gives the time of an event since 1970. */
const TICKS_PER_MILLISECOND = 10_000n;

/** The server has a position in reads of a stream too, for events that commit themselves (`ResolvedEvent.cs`). */
export function event(recorded: Recorded): streams.ReadResp {
  const position = String(recorded.position);
  const message = new ReadResp.ReadEvent.RecordedEvent()
    .setId(new shared.UUID().setString(recorded.id))
    .setStreamIdentifier(new shared.StreamIdentifier().setStreamName(Buffer.from(recorded.stream)))
    .setStreamRevision(String(recorded.revision))
    .setCommitPosition(position)
    .setPreparePosition(position)
    .setData(recorded.data)
    .setCustomMetadata(recorded.metadata);
  message
    .getMetadataMap()
    .set('type', recorded.type)
    .set('created', String(BigInt(recorded.created) * TICKS_PER_MILLISECOND))
    .set('content-type', recorded.isJson ? 'application/json' : 'application/octet-stream');
  return new ReadResp().setEvent(new ReadResp.ReadEvent().setEvent(message).setCommitPosition(position));
}

export function streamNotFound(stream: string): streams.ReadResp {
  const name = new shared.StreamIdentifier().setStreamName(Buffer.from(stream));
  return new ReadResp().setStreamNotFound(new ReadResp.StreamNotFound().setStreamIdentifier(name));
}

export function confirmation(id: string): streams.ReadResp {
  return new ReadResp().setConfirmation(new ReadResp.SubscriptionConfirmation().setSubscriptionId(id));
}

export function caughtUp(): streams.ReadResp {
  return new ReadResp().setCaughtUp(new ReadResp.CaughtUp());
}

export function checkpoint(position: number): streams.ReadResp {
  const place = new ReadResp.Checkpoint().setCommitPosition(String(position)).setPreparePosition(String(position));
  return new ReadResp().setCheckpoint(place);
}
