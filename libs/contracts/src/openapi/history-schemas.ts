import type { JsonSchema } from './document-types.js';
import { EXAMPLE_INSTANT } from './examples.js';
import { schemaRef } from './references.js';

/** What happened to a record, by the schemas' names in the document. */
export const HISTORY_SCHEMAS = {
  FieldChange: {
    type: 'object',
    description: "One field's change; null stands for a field that is not set.",
    required: ['field', 'from', 'to'],
    properties: {
      field: { type: 'string', examples: ['stage'] },
      from: { description: 'As it was before', examples: ['proposal'] },
      to: { description: 'As it is since', examples: ['negotiation'] },
    },
  },
  HistoryEntry: {
    type: 'object',
    description: 'What one event did to a record.',
    required: ['type', 'at', 'by', 'revision', 'changes'],
    properties: {
      type: { type: 'string', description: 'The business fact', examples: ['OpportunityStageMoved'] },
      at: { type: 'string', format: 'date-time', examples: [EXAMPLE_INSTANT] },
      by: { type: 'string', description: 'Who caused it', examples: ['camille.durand'] },
      revision: { type: 'integer', minimum: 0, description: 'That it gave to the record', examples: [1] },
      changes: { type: 'array', items: schemaRef('FieldChange') },
    },
  },
  History: {
    type: 'object',
    required: ['items'],
    properties: { items: { type: 'array', items: schemaRef('HistoryEntry') } },
  },
} as const satisfies { [name: string]: JsonSchema };
