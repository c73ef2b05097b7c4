import type { Route } from './document-types.js';
import { EXAMPLE_EVENT } from './event-schemas.js';
import { EXAMPLE_POSITION } from './examples.js';
import { responseHeaders } from './headers.js';
import { parameterRef, schemaRef } from './references.js';

const DESCRIPTION =
  "The tenant's public events from the first one on, in their one order. Delivered at least once: a reader keeps the " +
  'position behind what it has finished. With `Accept: text/event-stream` the answer stays open and follows live: the ' +
  'id of each message is its position, and a comment comes every 15 seconds.';

/** The log as other systems read it. */
export function eventsRoute(): Route {
  return {
    path: '/v1/events',
    method: 'get',
    operationId: 'listEvents',
    tag: 'Events',
    summary: 'Read or follow the events',
    description: DESCRIPTION,
    parameters: [
      {
        name: 'after',
        in: 'query',
        description: 'Only what comes behind this position; by default from the first event on.',
        schema: { type: 'integer', minimum: 0, maximum: Number.MAX_SAFE_INTEGER, examples: [EXAMPLE_POSITION] },
      },
      {
        name: 'type',
        in: 'query',
        description: 'Only events of this type.',
        schema: { type: 'string', examples: ['sillage.prospect.created.v1'] },
      },
      {
        name: 'limit',
        in: 'query',
        description: 'How many events a page is made from at most; not for a stream.',
        schema: { type: 'integer', minimum: 1, maximum: 1_000, default: 100, examples: [1_000] },
      },
      parameterRef('LastEventId'),
      parameterRef('AcceptLanguage'),
    ],
    answers: {
      200: {
        description: 'A page of events, or all of them as they come.',
        headers: responseHeaders('Sillage-Position'),
        content: {
          'application/json': {
            schema: schemaRef('EventPage'),
            example: { items: [EXAMPLE_EVENT], nextPosition: EXAMPLE_POSITION },
          },
          'text/event-stream': {
            schema: {
              type: 'string',
              description: 'Server-sent events: `id` (the position), `data` (the event).',
            },
            example: `id: ${EXAMPLE_POSITION}\ndata: ${JSON.stringify(EXAMPLE_EVENT)}\n\n`,
          },
        },
      },
    },
    problems: [],
  };
}
