import type { Parameter, Route } from './document-types.js';
import { responseHeaders } from './headers.js';
import { BODY_PROBLEMS } from './problem-codes.js';
import { parameterRef, schemaRef } from './references.js';
import { EXAMPLE_TOKEN, EXAMPLE_TOKEN_TEXT } from './token-schemas.js';

/** The parameters of tokens, under their names among the document's components. */
export const TOKEN_PARAMETERS = {
  TokenId: {
    name: 'id',
    in: 'path',
    required: true,
    description: 'Id of the token, which is not the token.',
    schema: { type: 'string', format: 'uuid', examples: [EXAMPLE_TOKEN.id] },
  },
  Revoked: {
    name: 'revoked',
    in: 'query',
    description: '`true`: only those that are revoked, instead of only those that are not.',
    schema: { type: 'boolean', default: false, examples: [true] },
  },
} as const satisfies { [name: string]: Parameter };

const FOR_ADMINISTRATORS =
  'For administrators. Only where Sillage gives out tokens itself, as the embedded profile does: where an OpenID Connect ' +
  'issuer does, 404 with the code `tokens-not-issued`.';

/** The tokens that Sillage gives out. */
export const TOKEN_ROUTES: readonly Route[] = [
  {
    path: '/v1/tokens',
    method: 'post',
    operationId: 'createToken',
    tag: 'Tokens',
    summary: 'Create a token',
    description:
      `${FOR_ADMINISTRATORS} The answer is the only one that has the token itself; it is kept as a hash. So a repeat ` +
      'under the same `Idempotency-Key` creates no second one, and cannot show the first again: 409.',
    parameters: [parameterRef('IdempotencyKey'), parameterRef('AcceptLanguage')],
    requestBody: {
      description: 'Whom it is for, what it may do, and until when.',
      required: true,
      content: {
        'application/json': {
          schema: schemaRef('ApiTokenCreate'),
          example: { name: 'erp', roles: ['integration'], expiresAt: EXAMPLE_TOKEN.expiresAt },
        },
      },
    },
    answers: {
      201: {
        description: 'Created.',
        headers: responseHeaders('Sillage-Position'),
        content: {
          'application/json': {
            schema: schemaRef('CreatedApiToken'),
            example: { ...EXAMPLE_TOKEN, token: EXAMPLE_TOKEN_TEXT },
          },
        },
      },
    },
    problems: [
      ...BODY_PROBLEMS,
      'not-possible',
      'tokens-not-issued',
      'token-already-shown',
      'concurrent-change',
      'idempotency-key-reused',
    ],
  },
  {
    path: '/v1/tokens',
    method: 'get',
    operationId: 'listTokens',
    tag: 'Tokens',
    summary: 'List the tokens',
    description: `${FOR_ADMINISTRATORS} Oldest first, those that have expired too.`,
    parameters: [parameterRef('Revoked'), parameterRef('AcceptLanguage')],
    answers: {
      200: {
        description: 'All of them.',
        content: { 'application/json': { schema: schemaRef('ApiTokens'), example: { items: [EXAMPLE_TOKEN] } } },
      },
    },
    problems: ['tokens-not-issued'],
  },
  {
    path: '/v1/tokens/{id}',
    method: 'delete',
    operationId: 'revokeToken',
    tag: 'Tokens',
    summary: 'Revoke a token',
    description: `${FOR_ADMINISTRATORS} From the answer on, no request with it is taken.`,
    parameters: [parameterRef('TokenId'), parameterRef('AcceptLanguage')],
    answers: { 204: { description: 'Revoked.', headers: responseHeaders('Sillage-Position') } },
    problems: [...BODY_PROBLEMS, 'token-not-found', 'route-not-found', 'tokens-not-issued', 'concurrent-change'],
  },
];
