import { describe, expect, it } from '@jest/globals';
import type { PublicEvent } from '@sillage/contracts';
import { asyncApiDocument } from '@sillage/contracts/asyncapi';
import { Kafka as KafkaBinding } from 'cloudevents';
import fc from 'fast-check';
import { anEvent } from '../testing/samples.js';
import { placeOf, readEvent, toMessage } from './event-message.js';
import { asStored } from './testing/stored.js';

const text = fc.string({ unit: 'binary' }).filter((value) => value.isWellFormed());
const position = fc.integer({ min: 1, max: Number.MAX_SAFE_INTEGER });

const anyEvent: fc.Arbitrary<PublicEvent> = fc
  .record({
    id: fc.uuid(),
    subject: text,
    tenant: text,
    actor: text,
    correlationid: text,
    position,
    revision: fc.nat(),
    record: fc.dictionary(text, fc.jsonValue({ stringUnit: 'grapheme' })),
  })
  .map(({ record, ...attributes }) => ({
    ...anEvent(),
    ...attributes,
    data: JSON.parse(JSON.stringify({ record, changes: [{ field: 'name', from: null, to: record }] })),
  }));

describe('the message of an event', () => {
  it('is a CloudEvent in binary mode to others', () => {
    const event = anEvent({ tenant: 'acme', actor: 'Søren Ærøskøbing' });
    const message = toMessage({ event, partition: 3, previous: 7 });

    expect(message).toMatchObject({ key: 'acme', partition: 3 });
    const { position: _, revision: __, ...attributes } = event;
    // Numbers are text in Kafka's headers, and the binding calls the message's key `partitionkey`.
    const expected = { ...attributes, position: String(event.position), revision: String(event.revision) };
    expect(receivedByOthers(message)).toEqual({ ...expected, partitionkey: 'acme' });
  });

  it('has the headers that the AsyncAPI document tells of', () => {
    const { components } = asyncApiDocument({ version: '1.0.0' });
    const { headers } = toMessage({ event: anEvent(), partition: 0, previous: 0 });
    expect(Object.keys(headers).sort()).toEqual(Object.keys(components.schemas.EventHeaders?.properties ?? {}).sort());
  });

  it('gives the event back exactly, whatever is in it', () => {
    fc.assert(
      fc.property(anyEvent, position, (event, previous) => {
        const stored = asStored(toMessage({ event, partition: 0, previous }));
        expect(readEvent(stored)).toEqual(event);
        expect(placeOf(stored)).toEqual({ position: event.position, previous });
      }),
    );
  });

  it.each([
    { what: 'without headers', headers: { ce_position: undefined, 'sillage-previous': undefined } },
    { what: 'without a position', headers: { ce_position: undefined } },
    { what: 'with a position that is no number', headers: { ce_position: Buffer.from('-1') } },
    { what: 'without our own header', headers: { 'sillage-previous': undefined } },
  ])('has no place $what', ({ headers }) => {
    const stored = asStored(toMessage({ event: anEvent(), partition: 0, previous: 0 }));
    expect(placeOf({ ...stored, headers: { ...stored.headers, ...headers } })).toBeUndefined();
  });

  it.each([
    { what: 'that is no JSON', value: Buffer.from('{') },
    { what: 'without a value', value: null },
    { what: 'whose data is something else', value: Buffer.from('{"record":1,"changes":[]}') },
  ])('cannot be read $what', ({ value }) => {
    const stored = asStored(toMessage({ event: anEvent(), partition: 0, previous: 0 }));
    expect(readEvent({ ...stored, value })).toBeUndefined();
  });

  it('cannot be read without one of its attributes', () => {
    const stored = asStored(toMessage({ event: anEvent(), partition: 0, previous: 0 }));
    for (const name of Object.keys(stored.headers ?? {}).filter((header) => header !== 'sillage-previous')) {
      expect(readEvent({ ...stored, headers: { ...stored.headers, [name]: undefined } })).toBeUndefined();
    }
  });
});

/** What CloudEvents' own library makes of a message. */
function receivedByOthers({ key, headers, value }: ReturnType<typeof toMessage>): unknown {
  const received = KafkaBinding.toEvent({ key, headers, value, body: value, timestamp: undefined } as never);
  return JSON.parse(JSON.stringify(received));
}
