import specifications from '@asyncapi/specs';
import { describe, expect, it } from '@jest/globals';
import { Ajv, type AnySchema, type Options } from 'ajv';
import formats from 'ajv-formats';
import { Kafka, type KafkaMessage } from 'cloudevents';
import { exampleEvent } from '../openapi/event-schemas.js';
import { PUBLIC_EVENT_TYPES } from '../public-event-types.js';
import { RECORD_TYPE_NAMES } from '../records/index.js';
import { asyncApiDocument } from './document.js';

const document = JSON.parse(JSON.stringify(asyncApiDocument({ version: '1.2.3' })));
const types = RECORD_TYPE_NAMES.flatMap((type) => Object.keys(PUBLIC_EVENT_TYPES[type]));

function validator(options: Options = {}): Ajv {
  const ajv = new Ajv({ strict: false, allErrors: true, ...options });
  formats.default(ajv);
  // ajv-formats knows no international addresses.
  ajv.addFormat('idn-email', /^[^@\s]+@[^@\s]+$/);
  return ajv;
}

/** Every `$ref` below a value. */
function references(value: unknown): readonly string[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, inner]) => (name === '$ref' ? [String(inner)] : references(inner)));
}

function at(pointer: string): unknown {
  const names = pointer.replace('#/', '').split('/');
  return names.reduce<unknown>((inner, name) => (inner as Record<string, unknown> | undefined)?.[name], document);
}

describe('the AsyncAPI document', () => {
  it('is valid AsyncAPI 3.0', () => {
    // AsyncAPI's schema brings the meta schema along.
    const validate = validator({ meta: false, validateSchema: false }).compile({
      ...specifications.schemas['3.0.0'],
    } as AnySchema);
    validate(document);
    expect(validate.errors).toBeNull();
    expect(validate({ ...document, channels: { events: { adress: 'x' } } })).toBe(false);
  });

  it('refers to nothing that it does not have, and has nothing that nothing refers to', () => {
    const used = new Set(references(document));
    expect([...used].filter((pointer) => at(pointer) === undefined)).toEqual([]);
    const had = Object.entries(document.components as Record<string, object>).flatMap(([kind, named]) =>
      Object.keys(named).map((name) => `#/components/${kind}/${name}`),
    );
    expect(had.filter((pointer) => !used.has(pointer))).toEqual([]);
  });

  it('has one topic, whose key is the tenant, with a message for every type of event', () => {
    const { events } = document.channels;
    expect(events.address).toBe('sillage.events.v1');
    expect(Object.keys(events.messages)).toEqual(types);
    expect(document.components.messageTraits.event.bindings.kafka.key.description).toBe('The tenant');
  });
});

describe.each(RECORD_TYPE_NAMES)('the first event of one of the %s', (of) => {
  const event = exampleEvent(of);
  const message = document.components.messages[String(event.type)];

  it('is, as headers and value, what a reader of CloudEvents takes for that event', () => {
    const [{ headers, payload }] = message.examples;
    const received: KafkaMessage = { headers, key: 'acme', value: JSON.stringify(payload), body: '' };
    const read = JSON.parse(JSON.stringify(Kafka.toEvent(received)));
    const { position, revision, ...attributes } = event;
    const asText = { position: String(position), revision: String(revision) };
    expect(read).toEqual({ ...attributes, ...asText, partitionkey: 'acme' });
  });

  it.each(['headers', 'payload'] as const)('has %s as its message says', (part) => {
    const ajv = validator().addSchema(document, 'asyncapi');
    const pointer = `asyncapi#/components/messages/${event.type}/${part}`;
    const validate = ajv.getSchema(pointer);
    const [example] = message.examples;
    expect(validate?.(example[part])).toBe(true);
    expect(validate?.({ ...example[part], record: {}, ce_type: 'sillage.other.created.v1' })).toBe(false);
  });
});
