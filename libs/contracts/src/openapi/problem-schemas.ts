import { type FaultCode, PROBLEMS } from '@sillage/kernel';
import type { JsonSchema } from './document-types.js';
import { problemType } from './http-answers.js';
import { schemaRef } from './references.js';

/** What can be wrong at one place of a request. An object, so that the compiler finds a code that is missing. */
const FAULTS = {
  required: true,
  'unknown-field': true,
  'unknown-parameter': true,
  'unknown-operator': true,
  'not-sortable': true,
  'read-only': true,
  'empty-patch': true,
  empty: true,
  'wrong-type': true,
  'wrong-form': true,
  'too-long': true,
  'too-short': true,
  'too-many': true,
  'too-deep': true,
  'too-small': true,
  'too-large': true,
  'too-many-decimals': true,
  'not-in-set': true,
  'not-a-date': true,
  'not-an-instant': true,
  'not-a-decimal': true,
  'unknown-currency': true,
  'currency-required': true,
  'given-twice': true,
  duplicate: true,
  'unexpected-body': true,
  'in-the-future': true,
  'in-the-past': true,
  'unknown-reference': true,
  'forgotten-person': true,
  'refers-to-itself': true,
  'unknown-stage': true,
  'wrong-pipeline': true,
  'stage-is-open': true,
  'stage-is-closed': true,
  'no-open-stage': true,
  'relation-required': true,
  'out-of-reach': true,
} as const satisfies { [C in FaultCode]: true };

/** The schema of every problem, by its name in the document. */
export const PROBLEM_SCHEMAS = {
  Fault: {
    type: 'object',
    description: 'One thing that is wrong, where it is.',
    required: ['path', 'code', 'message'],
    properties: {
      path: { type: 'string', description: 'Empty for the request as a whole', examples: ['amount.value'] },
      code: { type: 'string', enum: Object.keys(FAULTS), examples: ['not-a-decimal'] },
      message: { type: 'string', examples: ['Must be a decimal number as text, such as "1500.00"'] },
    },
  },
  Problem: {
    type: 'object',
    description: 'Why a request was refused (RFC 9457). `code` is stable; the words are in the language asked for.',
    required: ['type', 'title', 'status', 'detail', 'code', 'requestId'],
    properties: {
      type: { type: 'string', format: 'uri-reference', examples: [problemType('validation-failed')] },
      title: { type: 'string', examples: ['The request was not understood'] },
      status: { type: 'integer', minimum: 400, maximum: 599, examples: [400] },
      detail: { type: 'string' },
      code: { type: 'string', enum: Object.keys(PROBLEMS), examples: ['validation-failed'] },
      errors: { type: 'array', items: schemaRef('Fault') },
      requestId: { type: 'string', description: 'Names the request in the logs' },
      currentRevision: { type: 'integer', description: 'Of `stale-revision`: the revision that the record has' },
      events: {
        type: 'array',
        description: 'Of `stale-revision`: what happened to the record since',
        items: schemaRef('HistoryEntry'),
      },
      deletedAt: { type: 'string', format: 'date-time', description: 'Of `record-deleted`' },
      forgottenAt: { type: 'string', format: 'date-time', description: 'Of `record-forgotten`' },
      takenBy: { type: 'string', format: 'uuid', description: 'Of `external-id-taken`: the record that has it' },
    },
  },
} as const satisfies { [name: string]: JsonSchema };
