import protobuf from 'google-protobuf';

/** An event as a read gives it. */
export interface RecordedEvent {
  readonly id: string;
  readonly type: string;
  /** The name on the server. */
  readonly stream: string;
  readonly revision: number;
  /** Where it lies in the log, in bytes. The server knows it in reads of a stream as in reads of the log. */
  readonly position: number;
  /** JSON in UTF-8, as is the metadata. */
  readonly data: Uint8Array;
  readonly metadata: Uint8Array;
}

/** What a reader is told. */
export type ReadResponse =
  | { readonly kind: 'event'; readonly event: RecordedEvent }
  /** Everything that was stored when the subscription began has been given. */
  | { readonly kind: 'caught-up' }
  /** A sign of life: the subscription is confirmed, the search has come so far, there is no such stream. */
  | { readonly kind: 'alive' };

const CAUGHT_UP: ReadResponse = { kind: 'caught-up' };
const ALIVE: ReadResponse = { kind: 'alive' };

const NOTHING = new Uint8Array();

const utf8 = new TextDecoder();

type Reader = InstanceType<typeof protobuf.BinaryReader>;
type EventRead = { -readonly [Name in keyof RecordedEvent]: RecordedEvent[Name] };
/** Reads a message, or a field of one, into a target. */
type Read<Target> = (target: Target, reader: Reader) => void;

/**
 * Reads the server's `ReadResp` field by field, by the numbers of its `streams.proto` and `shared.proto`. The classes
 * that the client was generated with make six objects and a map of each event, which was half of what reading it took.
 * @throws RangeError for a position that a number does not hold exactly; 2^53 bytes are 9 PB.
 */
export function decodeReadResponse(bytes: Uint8Array): ReadResponse {
  // Of a Buffer, which is another class to it, the reader would make a copy.
  const reader = new protobuf.BinaryReader(new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.length));
  let response = ALIVE;
  while (reader.nextField()) {
    switch (reader.getFieldNumber()) {
      case 1:
        response = { kind: 'event', event: readEvent(reader) };
        break;
      case 8:
        response = CAUGHT_UP;
        reader.skipField();
        break;
      default:
        reader.skipField();
    }
  }
  return response;
}

function readEvent(reader: Reader): RecordedEvent {
  const event = { id: '', type: '', stream: '', revision: 0, position: 0, data: NOTHING, metadata: NOTHING };
  reader.readMessage(event, readReadEvent);
  return event;
}

const readRecordedEvent: Read<EventRead> = (event, reader) => {
  while (reader.nextField()) {
    switch (reader.getFieldNumber()) {
      case 1:
        reader.readMessage(event, readId);
        break;
      case 2:
        reader.readMessage(event, readStreamIdentifier);
        break;
      case 3:
        event.revision = reader.readUint64();
        break;
      case 5:
        event.position = toPosition(reader.readUint64());
        break;
      case 6:
        reader.readMessage(event, readSystemMetadata);
        break;
      case 7:
        event.metadata = reader.readBytes();
        break;
      case 8:
        event.data = reader.readBytes();
        break;
      default:
        reader.skipField();
    }
  }
};

const readReadEvent = onlyField<EventRead>(1, (event, reader) => reader.readMessage(event, readRecordedEvent));

const readId = onlyField<EventRead>(2, (event, reader) => {
  event.id = reader.readString();
});

const readStreamIdentifier = onlyField<EventRead>(3, (event, reader) => {
  event.stream = utf8.decode(reader.readBytes());
});

/** An entry of a map: its key, then its value. */
const readSystemMetadata: Read<EventRead> = (event, reader) => {
  let key = '';
  while (reader.nextField()) {
    if (reader.getFieldNumber() === 1) key = reader.readString();
    else if (key === 'type') event.type = reader.readString();
    else reader.skipField();
  }
};

/** Of a message of which one field is of interest. */
function onlyField<Target>(wanted: number, read: Read<Target>): Read<Target> {
  return (target, reader) => {
    while (reader.nextField()) {
      if (reader.getFieldNumber() === wanted) read(target, reader);
      else reader.skipField();
    }
  };
}

/** A number above 2^53 is read as one that is no safe integer either. @throws RangeError */
export function toPosition(position: number): number {
  if (!Number.isSafeInteger(position)) throw new RangeError(`not a position that can be kept: ${position}`);
  return position;
}
