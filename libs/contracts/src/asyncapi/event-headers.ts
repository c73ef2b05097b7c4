import type { JsonObject } from '@sillage/kernel';
import type { JsonSchema } from '../openapi/document-types.js';

/** Attributes of a public event that are numbers in its JSON form; in a header they are decimal text. */
const NUMBERS: readonly string[] = ['position', 'revision'];

/** Beside the attributes: tells a reader who was away for longer than the topic keeps that messages are missing. */
const PREVIOUS: { readonly [header: string]: JsonSchema } = {
  'sillage-previous': {
    type: 'string',
    pattern: '^\\d{1,16}$',
    description:
      'Position up to which every event of the partition has gone before this one; 0 for the first. When it is above the ' +
      'last position that you have finished, events are missing: read them from `/v1/events`.',
  },
};

/**
 * The headers that stand for the attributes of a public event in CloudEvents' Kafka protocol binding, binary content
 * mode: `ce_` before the name, text in UTF-8, and the content type under its own name.
 * @param attributes schemas of the attributes by name, without `data`
 */
export function headersSchema(attributes: { readonly [name: string]: JsonSchema }): JsonSchema {
  const named = Object.entries(attributes).map(([name, schema]) => [headerOf(name), headerSchema(name, schema)]);
  const properties: { readonly [header: string]: JsonSchema } = Object.fromEntries(named);
  return { type: 'object', required: Object.keys(properties), properties: { ...properties, ...PREVIOUS } };
}

/** The headers of an event. */
export function headersOf({ data: _, ...attributes }: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(attributes).map(([name, value]) => [headerOf(name), String(value)]));
}

export function headerOf(attribute: string): string {
  return attribute === 'datacontenttype' ? 'content-type' : `ce_${attribute}`;
}

function headerSchema(name: string, schema: JsonSchema): JsonSchema {
  if (!NUMBERS.includes(name)) return schema;
  const { description } = schema;
  return { type: 'string', pattern: '^\\d{1,16}$', ...(description !== undefined && { description }) };
}
