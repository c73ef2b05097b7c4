import shared from '@eventstore/db-client/generated/shared_pb.js';
import streams from '@eventstore/db-client/generated/streams_pb.js';
import type { EventMetadata, NewEvent, StoredEvent } from '@sillage/kernel';
import type { RecordedEvent } from './read-response.js';

type ProposedMessage = streams.BatchAppendReq.ProposedMessage;

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

/** What is set for a stream, as an append carries it (`SystemEventTypes.StreamMetadata` of the server). */
export function toMetadataMessage(id: string, metadata: object): ProposedMessage {
  const message = new streams.BatchAppendReq.ProposedMessage();
  message.setId(new shared.UUID().setString(id));
  message.getMetadataMap().set('type', '$metadata').set('content-type', 'application/json');
  return message.setData(Buffer.from(JSON.stringify(metadata)));
}

/** An event as a reader of the store is given it. `prefix` is what its stream's name begins with on the server. */
export function toStoredEvent(recorded: RecordedEvent, prefix: string): StoredEvent {
  const stored: StoredMetadata = JSON.parse(utf8.decode(recorded.metadata));
  const { $correlationId, $causationId, ...rest } = stored;
  return {
    id: recorded.id,
    type: recorded.type,
    data: JSON.parse(utf8.decode(recorded.data)),
    metadata: { ...rest, correlationId: $correlationId, causationId: $causationId },
    stream: recorded.stream.slice(prefix.length),
    revision: recorded.revision,
    position: recorded.position,
  };
}

/** Those of the streams that are wanted, by our names, and the last one, whatever it is of. */
export function toStoredEvents(
  recorded: readonly RecordedEvent[],
  prefix: string,
  isWanted: (stream: string) => boolean = () => true,
): readonly StoredEvent[] {
  const last = recorded.at(-1);
  const given = recorded.filter((event) => event === last || isWanted(event.stream.slice(prefix.length)));
  return given.map((event) => toStoredEvent(event, prefix));
}

/** What a message counts of `MOST_APPENDED_BYTES`: the bytes of its JSON, but for the two dollars. */
export function sizeOf(message: ProposedMessage): number {
  return message.getData_asU8().length + message.getCustomMetadata_asU8().length - 2;
}
