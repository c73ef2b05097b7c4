import streams from '@eventstore/db-client/generated/streams_pb.js';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { decodeReadResponse } from './read-response.js';
import { caughtUp, checkpoint, confirmation, event, streamNotFound } from './testing/server/read-responses.js';

const { ReadResp } = streams;

const bytes = fc.uint8Array({ maxLength: 300 });
const text = fc.string({ unit: 'binary' }).filter((value) => value.isWellFormed());
const wholeNumber = fc.integer({ min: 0, max: Number.MAX_SAFE_INTEGER });

const placed = fc.record({
  id: fc.uuid(),
  type: text,
  stream: text,
  revision: wholeNumber,
  isJson: fc.boolean(),
  created: fc.nat(),
  data: bytes,
  metadata: bytes,
});

describe('a response to a read', () => {
  it('is read as the classes that the client was generated with read it', () => {
    fc.assert(
      fc.property(placed, wholeNumber, (drawn, position) => {
        const encoded = event(drawn, position);

        const generated = ReadResp.deserializeBinary(encoded).getEvent()?.getEvent();
        expect(decodeReadResponse(Buffer.from(encoded))).toEqual({
          kind: 'event',
          event: {
            id: generated?.getId()?.getString(),
            type: generated?.getMetadataMap().get('type'),
            stream: Buffer.from(generated?.getStreamIdentifier()?.getStreamName_asU8() ?? []).toString(),
            revision: Number(generated?.getStreamRevision()),
            position: Number(generated?.getCommitPosition()),
            data: generated?.getData_asU8(),
            metadata: generated?.getCustomMetadata_asU8(),
          },
        });
      }),
    );
  });

  it.each([
    { what: 'that it has caught up', bytes: caughtUp(), kind: 'caught-up' },
    { what: 'how far the search is', bytes: checkpoint(123), kind: 'alive' },
    { what: 'that the subscription is confirmed', bytes: confirmation('one'), kind: 'alive' },
    { what: 'that there is no such stream', bytes: streamNotFound('none'), kind: 'alive' },
    { what: 'something that no client knows yet', bytes: Uint8Array.of(0xf8, 0x07, 0x01), kind: 'alive' },
  ])('tells $what', ({ bytes: encoded, kind }) => {
    expect(decodeReadResponse(encoded)).toEqual({ kind });
  });

  it('with a position that a number does not hold is refused', () => {
    const position = new ReadResp.ReadEvent.RecordedEvent().setCommitPosition(String(2n ** 53n));
    const response = new ReadResp().setEvent(new ReadResp.ReadEvent().setEvent(position));

    expect(() => decodeReadResponse(response.serializeBinary())).toThrow(RangeError);
  });
});
