import shared from '@eventstore/db-client/generated/shared_pb.js';
import streams from '@eventstore/db-client/generated/streams_pb.js';
import type { Placed } from './recorded.js';

const { ReadResp } = streams;

// Responses are made as the bytes that go over the wire.

/** Ticks of .NET, in which the server gives the time of an event since 1970. */
const TICKS_PER_MILLISECOND = 10_000n;

/** The server has a position in reads of a stream too, for events that commit themselves (`ResolvedEvent.cs`). */
export function event(placed: Placed, at: number): Uint8Array {
  const position = String(at);
  const message = new ReadResp.ReadEvent.RecordedEvent()
    .setId(new shared.UUID().setString(placed.id))
    .setStreamIdentifier(new shared.StreamIdentifier().setStreamName(Buffer.from(placed.stream)))
    .setStreamRevision(String(placed.revision))
    .setCommitPosition(position)
    .setPreparePosition(position)
    .setData(placed.data)
    .setCustomMetadata(placed.metadata);
  message
    .getMetadataMap()
    .set('type', placed.type)
    .set('created', String(BigInt(placed.created) * TICKS_PER_MILLISECOND))
    .set('content-type', placed.isJson ? 'application/json' : 'application/octet-stream');
  return new ReadResp()
    .setEvent(new ReadResp.ReadEvent().setEvent(message).setCommitPosition(position))
    .serializeBinary();
}

/** How many events of its stream the server keeps by this event, which is one that sets what is so for a stream. */
export function maxCountIn(response: Uint8Array): number | undefined {
  const data = ReadResp.deserializeBinary(response).getEvent()?.getEvent()?.getData_asU8();
  const metadata: { readonly $maxCount?: number } = JSON.parse(Buffer.from(data ?? []).toString());
  return metadata.$maxCount;
}

export function streamNotFound(stream: string): Uint8Array {
  const name = new shared.StreamIdentifier().setStreamName(Buffer.from(stream));
  return new ReadResp().setStreamNotFound(new ReadResp.StreamNotFound().setStreamIdentifier(name)).serializeBinary();
}

export function confirmation(id: string): Uint8Array {
  return new ReadResp()
    .setConfirmation(new ReadResp.SubscriptionConfirmation().setSubscriptionId(id))
    .serializeBinary();
}

export function caughtUp(): Uint8Array {
  return new ReadResp().setCaughtUp(new ReadResp.CaughtUp()).serializeBinary();
}

export function checkpoint(position: number): Uint8Array {
  const place = new ReadResp.Checkpoint().setCommitPosition(String(position)).setPreparePosition(String(position));
  return new ReadResp().setCheckpoint(place).serializeBinary();
}
