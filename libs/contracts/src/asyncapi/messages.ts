import { isJsonObject, type JsonObject } from '@sillage/kernel';
import type { JsonSchema, Reference } from '../openapi/document-types.js';
import { exampleEvent } from '../openapi/event-schemas.js';
import { capitalized, recordName } from '../openapi/json-schema.js';
import { schemaRef } from '../openapi/references.js';
import { PUBLIC_EVENT_TYPES } from '../public-event-types.js';
import { RECORD_TYPE_NAMES, RECORD_TYPES, type RecordTypeName } from '../records/index.js';
import type { Message } from './document-types.js';
import { headerOf, headersOf } from './event-headers.js';

/** The name of the headers' schema and of the trait that every message has. */
export const EVENT_HEADERS = 'EventHeaders';
export const EVENT_TRAIT = 'event';

/** A message for each type of public event, by that type. */
export function eventMessages(): { readonly [type: string]: Message } {
  return Object.fromEntries(
    RECORD_TYPE_NAMES.flatMap((of) =>
      Object.entries(PUBLIC_EVENT_TYPES[of]).map(([type, summary]) => [type, message(of, type, summary)]),
    ),
  );
}

export function messageRef(type: string): Reference {
  return { $ref: `#/components/messages/${type}` };
}

function message(of: RecordTypeName, type: string, summary: string): Message {
  const example = exampleEvent(of);
  return {
    name: type,
    title: titleOf(of, type),
    summary,
    tags: [{ name: capitalized(of) }],
    headers: { allOf: [schemaRef(EVENT_HEADERS), { properties: { [headerOf('type')]: { const: type } } }] },
    payload: payload(of),
    traits: [{ $ref: `#/components/messageTraits/${EVENT_TRAIT}` }],
    ...(example.type === type && { examples: [{ headers: headersOf(example), payload: dataOf(example) }] }),
  };
}

/** `sillage.opportunity.amount-revised.v1` is `Opportunity: amount revised`. */
function titleOf(of: RecordTypeName, type: string): string {
  const [, , fact = ''] = type.split('.');
  return `${capitalized(RECORD_TYPES[of].singular)}: ${fact.replaceAll('-', ' ')}`;
}

/** The value of a message is the `data` of the event. */
function payload(of: RecordTypeName): JsonSchema {
  return {
    type: 'object',
    required: ['record', 'changes'],
    properties: {
      record: { ...schemaRef(recordName(of)), description: 'The record after the change' },
      changes: { type: 'array', items: schemaRef('FieldChange') },
    },
  };
}

function dataOf({ data }: JsonObject): JsonObject {
  return isJsonObject(data) ? data : {};
}
