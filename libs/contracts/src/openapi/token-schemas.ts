import type { JsonObject } from '@sillage/kernel';
import { ApiTokenInput } from '../access/api-token.js';
import { ROLES } from '../access/roles.js';
import type { JsonSchema } from './document-types.js';
import { EXAMPLE_INSTANT } from './examples.js';
import { createSchema } from './json-schema.js';
import { schemaRef } from './references.js';

export const EXAMPLE_TOKEN = {
  id: '0199a1f4-2c71-7d0e-9a3b-7f8091a2b3c4',
  name: 'erp',
  roles: ['integration'],
  createdAt: EXAMPLE_INSTANT,
  createdBy: 'administrator',
  expiresAt: '2027-03-02T09:30:00.000Z',
} as const satisfies JsonObject;

/** No token: its checksum is wrong. */
export const EXAMPLE_TOKEN_TEXT = `sil_${'0'.repeat(72)}`;

const INSTANT = { type: 'string', format: 'date-time' } as const satisfies JsonSchema;

const TOKEN = {
  type: 'object',
  description: 'A token, without the token itself.',
  required: ['id', 'name', 'roles', 'createdAt', 'createdBy'],
  properties: {
    id: { type: 'string', format: 'uuid' },
    name: { type: 'string', description: 'Whom it is for' },
    roles: { type: 'array', items: { type: 'string', enum: ROLES }, description: 'What it may do' },
    createdAt: INSTANT,
    createdBy: { type: 'string', description: 'Who created it' },
    expiresAt: { ...INSTANT, description: 'When it ends; absent when it never does' },
    lastUsedAt: { ...INSTANT, description: 'When it was last used, to the minute; absent when it never was' },
    revokedAt: { ...INSTANT, description: 'When it was revoked; absent when it was not' },
    revokedBy: { type: 'string', description: 'Who revoked it' },
  },
} as const satisfies JsonSchema;

/** Tokens, by the schemas' names in the document. */
export const TOKEN_SCHEMAS: { readonly [name: string]: JsonSchema } = {
  ApiToken: TOKEN,
  ApiTokenCreate: createSchema(ApiTokenInput),
  CreatedApiToken: {
    description: 'A new token.',
    allOf: [
      schemaRef('ApiToken'),
      {
        type: 'object',
        required: ['token'],
        properties: {
          token: {
            type: 'string',
            pattern: '^sil_[0-9a-f]{72}$',
            description: 'What goes behind `Bearer`. It is shown here only.',
          },
        },
      },
    ],
  },
  ApiTokens: {
    type: 'object',
    required: ['items'],
    properties: { items: { type: 'array', items: schemaRef('ApiToken') } },
  },
};
