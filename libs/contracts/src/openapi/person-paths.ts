import { PERSON_TYPES, type PersonType, RECORD_TYPES } from '../records/index.js';
import type { JsonSchema, Route } from './document-types.js';
import { EXAMPLE_INSTANT, EXAMPLES, exampleRecord } from './examples.js';
import { responseHeaders } from './headers.js';
import { capitalized, recordName } from './json-schema.js';
import { BODY_PROBLEMS, UNKNOWN_ID_PROBLEMS } from './problem-codes.js';
import { parameterRef, schemaRef } from './references.js';

/** What a person may ask for (GDPR, articles 15, 17 and 20). */
export function personRoutes(type: PersonType): readonly Route[] {
  return [forget(type), personalData(type)];
}

/** What these answer with, by the schemas' names in the document. */
export function personSchemas(): { readonly [name: string]: JsonSchema } {
  const personal = PERSON_TYPES.map((type): [string, JsonSchema] => [personalDataName(type), personalDataSchema(type)]);
  return { ...Object.fromEntries(personal), ErasureCertificate: CERTIFICATE };
}

function forget(type: PersonType): Route {
  const { singular } = RECORD_TYPES[type];
  return {
    operationId: `forget${recordName(type)}`,
    tag: capitalized(type),
    path: `/v1/${type}/{id}/forget`,
    method: 'post',
    summary: `Forget a ${singular}, for ever`,
    description:
      'Erases what is personal (GDPR, article 17): the keys without which no event can be read any more that says ' +
      `something of the ${singular}, and so every copy of it here, in lists, searches, histories and past events; the ` +
      'same for the interactions that concern or ever concerned them. Ids, references, stages, counts and sums stay, ' +
      'and the record has `forgottenAt` instead of its personal fields. It cannot be undone, and the record can no ' +
      'longer be changed. Repeating it gives the certificate again; one that was interrupted goes on. Events in Kafka ' +
      'stay there for as long as the topic keeps them; subscribers are told by `…forgotten`.',
    parameters: [parameterRef('RecordId'), parameterRef('IdempotencyKey'), parameterRef('AcceptLanguage')],
    answers: {
      200: {
        description: 'Forgotten. What was erased:',
        headers: responseHeaders('Sillage-Position'),
        content: {
          'application/json': { schema: schemaRef('ErasureCertificate'), example: exampleCertificate(type) },
        },
      },
    },
    problems: [...BODY_PROBLEMS, ...UNKNOWN_ID_PROBLEMS, 'stored-unsealed', 'concurrent-change'],
  };
}

function personalData(type: PersonType): Route {
  return {
    operationId: `get${recordName(type)}PersonalData`,
    tag: capitalized(type),
    path: `/v1/${type}/{id}/personal-data`,
    method: 'get',
    summary: `Get all that is kept of a ${RECORD_TYPES[type].singular}`,
    description:
      'For whoever asks what is kept of them, or takes it elsewhere (GDPR, articles 15 and 20): the record, deleted or ' +
      'not, its history, and every interaction that concerns or ever concerned them, with what each field means.',
    parameters: [parameterRef('RecordId'), parameterRef('AcceptLanguage')],
    answers: {
      200: {
        description: 'All of it, of any length.',
        content: { 'application/json': { schema: schemaRef(personalDataName(type)) } },
      },
    },
    problems: UNKNOWN_ID_PROBLEMS,
  };
}

function exampleCertificate(type: PersonType) {
  const subject = `${type}/${EXAMPLES[type].id}`;
  return {
    subject,
    forgottenAt: EXAMPLE_INSTANT,
    forgottenBy: 'camille.durand',
    erased: {
      records: [subject, `interactions/${EXAMPLES.interactions.id}`],
      events: 3,
      fields: ['name', 'email', 'subject', 'notes'],
      keys: ['0199a1f4-2b3c-7d4e-8f50-6a7b8c9d0e1f', '0199a1f4-2b3c-7d4e-8f50-6a7b8c9d0e20'],
    },
    position: 1_042,
  };
}

const SUBJECT: JsonSchema = {
  type: 'string',
  description: 'The person, as public events name them',
  examples: [`clients/${EXAMPLES.clients.id}`],
};

const CERTIFICATE: JsonSchema = {
  type: 'object',
  description: 'What was erased of a person, when, and by whom.',
  required: ['subject', 'forgottenAt', 'forgottenBy', 'erased', 'position'],
  properties: {
    subject: SUBJECT,
    forgottenAt: { type: 'string', format: 'date-time', description: 'When it was asked for' },
    forgottenBy: { type: 'string', description: 'Who asked for it' },
    erased: {
      type: 'object',
      required: ['records', 'events', 'fields', 'keys'],
      properties: {
        records: {
          type: 'array',
          description: "The person's own record, and those that concern or ever concerned them",
          items: { type: 'string' },
        },
        events: { type: 'integer', minimum: 0, description: 'How many stored events can no longer be read' },
        fields: { type: 'array', description: 'What they told', items: { type: 'string' } },
        keys: { type: 'array', description: 'Ids of the keys that are no more', items: { type: 'string' } },
      },
    },
    position: { type: 'integer', minimum: 0, description: 'Views at this position or behind it show nothing of it' },
  },
};

function personalDataName(type: PersonType): string {
  return `${recordName(type)}PersonalData`;
}

function personalDataSchema(type: PersonType): JsonSchema {
  const history = { type: 'array', items: schemaRef('HistoryEntry') } as const;
  return {
    type: 'object',
    description: `All that is kept of a ${RECORD_TYPES[type].singular}.`,
    required: ['subject', 'at', 'fields', 'record', 'history', 'interactions'],
    properties: {
      subject: SUBJECT,
      at: { type: 'string', format: 'date-time', description: 'When it was read' },
      fields: {
        type: 'object',
        description: 'By type of record and field: what it means',
        additionalProperties: { type: 'object', additionalProperties: { type: 'string' } },
      },
      record: schemaRef(recordName(type)),
      history,
      interactions: {
        type: 'array',
        items: {
          type: 'object',
          required: ['record', 'history'],
          properties: { record: schemaRef(recordName('interactions')), history },
        },
      },
    },
    examples: [
      {
        subject: `${type}/${EXAMPLES[type].id}`,
        at: EXAMPLE_INSTANT,
        fields: { [type]: { name: 'Name of the person' } },
        record: exampleRecord(type),
        history: [],
        interactions: [],
      },
    ],
  };
}
