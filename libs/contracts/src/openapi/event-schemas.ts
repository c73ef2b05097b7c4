import type { JsonObject } from '@sillage/kernel';
import { PUBLIC_EVENT_TYPES } from '../public-event-types.js';
import { RECORD_TYPE_NAMES, RECORD_TYPES, type RecordTypeName } from '../records/index.js';
import type { JsonSchema } from './document-types.js';
import { EXAMPLE_INSTANT, EXAMPLE_POSITION, EXAMPLES, exampleRecord } from './examples.js';
import { recordName } from './json-schema.js';
import { schemaRef } from './references.js';

const SINGULARS = RECORD_TYPE_NAMES.map((type) => RECORD_TYPES[type].singular).join('|');

/** `sillage.opportunity.stage-moved.v1`. */
const EVENT_TYPE_PATTERN = `^sillage\\.(${SINGULARS})\\.[a-z]+(-[a-z]+)*\\.v[1-9]\\d*$`;

/** The event that began the example record of a type. */
export function exampleEvent(type: RecordTypeName): JsonObject {
  const [began = ''] = Object.keys(PUBLIC_EVENT_TYPES[type]);
  return {
    specversion: '1.0',
    id: '7b0c6c1e-53c8-5f5e-9d57-0c8f5a1e2d3b',
    source: `/v1/${type}`,
    type: began,
    subject: `${type}/${EXAMPLES[type].id}`,
    time: EXAMPLE_INSTANT,
    datacontenttype: 'application/json',
    data: {
      record: exampleRecord(type),
      changes: Object.entries(EXAMPLES[type].complete).map(([field, to]) => ({ field, from: null, to })),
    },
    tenant: 'acme',
    position: EXAMPLE_POSITION,
    revision: 0,
    correlationid: '0199a1f0-5c3e-7d21-9b4a-0a0b0c0d0e0f',
    causationid: '5d1f7c1e-3f7a-4a56-9a3b-0d8f3a2b1c4d',
    actor: 'camille.durand',
  };
}

export const EXAMPLE_EVENT = exampleEvent('prospects');

/** Public events, by the schemas' names in the document. */
export const EVENT_SCHEMAS = {
  PublicEvent: {
    type: 'object',
    description: 'A CloudEvents 1.0 object: the same here, in Kafka and in a webhook.',
    required: Object.keys(EXAMPLE_EVENT),
    properties: {
      specversion: { const: '1.0' },
      id: { type: 'string', description: 'Unique with `source`' },
      source: { type: 'string', format: 'uri-reference' },
      type: { type: 'string', pattern: EVENT_TYPE_PATTERN },
      subject: { type: 'string', description: 'Type and id of the record' },
      time: { type: 'string', format: 'date-time' },
      datacontenttype: { const: 'application/json' },
      data: {
        type: 'object',
        required: ['record', 'changes'],
        properties: {
          record: {
            description: 'The record after the change',
            anyOf: RECORD_TYPE_NAMES.map((type) => schemaRef(recordName(type))),
          },
          changes: { type: 'array', items: schemaRef('FieldChange') },
        },
      },
      tenant: { type: 'string' },
      position: { type: 'integer', minimum: 0, description: 'Place in the one order of events: grows, with gaps' },
      revision: { type: 'integer', minimum: 0, description: 'That the event gave to the record' },
      correlationid: { type: 'string', description: 'Shared by all that one request led to' },
      causationid: { type: 'string', description: 'The command that caused it' },
      actor: { type: 'string', description: 'Who caused it' },
    },
  },
  EventPage: {
    type: 'object',
    required: ['items', 'nextPosition'],
    properties: {
      items: { type: 'array', items: schemaRef('PublicEvent') },
      nextPosition: { type: 'integer', minimum: 0, description: 'Give it as `after` to go on, now or later' },
    },
  },
} as const satisfies { [name: string]: JsonSchema };
