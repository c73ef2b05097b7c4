import type { JsonSchema } from '../openapi/document-types.js';
import { EVENT_SCHEMAS } from '../openapi/event-schemas.js';
import { HISTORY_SCHEMAS } from '../openapi/history-schemas.js';
import { capitalized, recordSchemas } from '../openapi/json-schema.js';
import { RECORD_TYPE_NAMES } from '../records/index.js';
import type { AsyncApiDocument } from './document-types.js';
import { headerOf, headersSchema } from './event-headers.js';
import { EVENT_HEADERS, EVENT_TRAIT, eventMessages, messageRef } from './messages.js';
import { reachable } from './reachable.js';

/** The topic of all public events. */
export const EVENTS_TOPIC = 'sillage.events.v1';

/** Of the schemas of AsyncAPI's Kafka bindings. */
const KAFKA_BINDING = '0.5.0';

const SEVEN_DAYS_IN_MS = 604_800_000;

const DESCRIPTION = `Everything that happens in Sillage, as CloudEvents 1.0 in Kafka's binary content mode: the attributes of an event are
headers, its data is the value. The same events are at \`/v1/events\` of the REST API, from the first one on.

**Order.** The key is the tenant, so the events of one tenant are in one partition, in the order in which they happened:
\`ce_position\` grows.

**At least once.** A message may come again. Keep the position of the last one that you have finished, and skip what is
not above it.

**Retention.** Kafka is transport. What is older than the topic keeps is read from \`/v1/events\`; the header
\`sillage-previous\` tells when there is such a gap.

**Growth.** New types of events, new fields of records and new headers come without a new version: ignore what you do
not know.`;

/** The AsyncAPI document of the events topic, made from the declarations that the REST API runs on. Pure. */
export function asyncApiDocument({ version }: { readonly version: string }): AsyncApiDocument {
  const messages = eventMessages();
  const { data: _, ...attributes } = EVENT_SCHEMAS.PublicEvent.properties;
  const schemas = { ...recordSchemas(), ...HISTORY_SCHEMAS, [EVENT_HEADERS]: headersSchema(attributes) };
  return {
    asyncapi: '3.0.0',
    info: {
      title: 'Sillage events',
      version,
      description: DESCRIPTION,
      license: { name: 'Apache License 2.0', url: 'https://www.apache.org/licenses/LICENSE-2.0' },
      tags: RECORD_TYPE_NAMES.map((type) => ({ name: capitalized(type), description: `Events of ${type}` })),
    },
    defaultContentType: 'application/json',
    channels: {
      events: {
        address: EVENTS_TOPIC,
        title: 'Public events',
        description: 'Every public event of every tenant.',
        messages: Object.fromEntries(Object.keys(messages).map((type) => [type, messageRef(type)])),
        bindings: { kafka: topicBinding() },
      },
    },
    operations: {
      publishEvents: {
        action: 'send',
        channel: { $ref: '#/channels/events' },
        summary: 'Tells each event once it is stored.',
      },
    },
    components: {
      messages,
      messageTraits: { [EVENT_TRAIT]: eventTrait() },
      schemas: reachable(messages, schemas satisfies { readonly [name: string]: JsonSchema }),
    },
  };
}

function topicBinding() {
  const topicConfiguration = { 'cleanup.policy': ['delete'], 'retention.ms': SEVEN_DAYS_IN_MS };
  return { topic: EVENTS_TOPIC, topicConfiguration, bindingVersion: KAFKA_BINDING };
}

function eventTrait() {
  const key = { type: 'string', description: 'The tenant' } as const;
  return {
    contentType: 'application/json',
    correlationId: {
      description: 'Shared by all that one request led to',
      location: `$message.header#/${headerOf('correlationid')}`,
    },
    bindings: { kafka: { key, bindingVersion: KAFKA_BINDING } },
  };
}
