import shared from '@eventstore/db-client/generated/shared_pb.js';
import streams from '@eventstore/db-client/generated/streams_pb.js';
import type { EventMetadata, NewEvent, StoredEvent } from '@sillage/kernel';

type ProposedMessage = streams.BatchAppendReq.ProposedMessage;
type RecordedEvent = streams.ReadResp.ReadEvent.RecordedEvent;

/** Our metadata as stored. The two names with a dollar are EventStoreDB's own: its tools and projections show them. */
type StoredMetadata = Omit<EventMetadata, 'correlationId' | 'causationId'> & {
  readonly $correlationId: string;
  readonly $causationId: string;
};

const utf8 = new TextDecoder();

/** An event as an append carries it: JSON in UTF-8. */
export function toProposedMessage({ id, type, data, metadata }: NewEvent): ProposedMessage {
  const { correlationId, causationId, ...rest } = metadata;
  const stored: StoredMetadata = { ...rest, $correlationId: correlationId, $causationId: causationId };
  const message = new streams.BatchAppendReq.ProposedMessage();
  message.setId(new shared.UUID().setString(id));
  message.getMetadataMap().set('type', type).set('content-type', 'application/json');
  return message.setCustomMetadata(Buffer.from(JSON.stringify(stored))).setData(Buffer.from(JSON.stringify(data)));
}

/** An event as a read gives it. `prefix` is what its stream's name begins with on the server. */
export function toStoredEvent(recorded: RecordedEvent, prefix: string): StoredEvent {
  const stored: StoredMetadata = JSON.parse(utf8.decode(recorded.getCustomMetadata_asU8()));
  const { $correlationId, $causationId, ...rest } = stored;
  return {
    id: recorded.getId()?.getString() ?? '',
    type: recorded.getMetadataMap().get('type') ?? '',
    data: JSON.parse(utf8.decode(recorded.getData_asU8())),
    metadata: { ...rest, correlationId: $correlationId, causationId: $causationId },
    stream: streamOf(recorded).slice(prefix.length),
    revision: Number(recorded.getStreamRevision()),
    position: positionOf(recorded),
  };
}

/** The name of the stream on the server. */
export function streamOf(recorded: RecordedEvent): string {
  return utf8.decode(recorded.getStreamIdentifier()?.getStreamName_asU8());
}

/** The bytes of an event's JSON. */
export function sizeOf(event: ProposedMessage | RecordedEvent): number {
  return event.getData_asU8().length + event.getCustomMetadata_asU8().length;
}

/** Where the event lies in the log, in bytes. The server knows it in reads of a stream as in reads of the log. */
export function positionOf(recorded: RecordedEvent): number {
  return toPosition(recorded.getCommitPosition());
}

/** @throws RangeError for a position that a number does not hold exactly; 2^53 bytes are 9 PB. */
export function toPosition(text: string): number {
  const position = Number(text);
  if (!Number.isSafeInteger(position)) throw new RangeError(`not a position that can be kept: ${text}`);
  return position;
}
