import type { Role } from './roles.js';
import type { Scope } from './scopes.js';

/** Who may do something, and with whose records. */
export interface AccessRow {
  readonly what: string;
  /** Method and path as in the OpenAPI document; the words of `WORDS` stand for several. */
  readonly routes: readonly string[];
  readonly scopes: { readonly [role in Role]: Scope };
}

/**
 * What each role may do: the one place that says so. docs/access.md shows it, and a route that stands in no row is
 * nobody's.
 */
export const ACCESS_TABLE: readonly AccessRow[] = [
  {
    what: 'Read records, one or many, and their history',
    routes: [
      'GET /v1/{records}',
      'GET /v1/{records}/{id}',
      'GET /v1/{records}/{id}/history',
      'GET /v1/clients/{id}/interactions',
    ],
    scopes: { administrator: 'all', manager: 'team', representative: 'own', analyst: 'all', integration: 'none' },
  },
  {
    what: 'Create, change, delete and restore records',
    routes: [
      'POST /v1/{records}',
      'PATCH /v1/{records}/{id}',
      'DELETE /v1/{records}/{id}',
      'POST /v1/{records}/{id}/restore',
    ],
    scopes: { administrator: 'all', manager: 'team', representative: 'own', analyst: 'none', integration: 'none' },
  },
  {
    what: 'The same in batches',
    routes: ['POST /v1/{records}/batch', 'POST /v1/batch'],
    scopes: { administrator: 'all', manager: 'team', representative: 'own', analyst: 'none', integration: 'all' },
  },
  {
    what: 'Reports, and the records behind them',
    routes: ['GET /v1/reports/{report}'],
    scopes: { administrator: 'all', manager: 'team', representative: 'own', analyst: 'all', integration: 'none' },
  },
  {
    what: 'Events, paged and live',
    routes: ['GET /v1/events'],
    scopes: { administrator: 'all', manager: 'team', representative: 'own', analyst: 'all', integration: 'all' },
  },
  {
    what: 'Read pipelines, users and teams',
    routes: ['GET /v1/{settings}', 'GET /v1/{settings}/{id}', 'GET /v1/{settings}/{id}/history'],
    scopes: { administrator: 'all', manager: 'all', representative: 'all', analyst: 'all', integration: 'none' },
  },
  {
    what: 'Create, change, delete and restore pipelines, users and teams, one by one or in batches',
    routes: [
      'POST /v1/{settings}',
      'PATCH /v1/{settings}/{id}',
      'DELETE /v1/{settings}/{id}',
      'POST /v1/{settings}/{id}/restore',
      'POST /v1/{settings}/batch',
    ],
    scopes: { administrator: 'all', manager: 'none', representative: 'none', analyst: 'none', integration: 'none' },
  },
  {
    what: 'Forget a person, and give out all that is kept of one',
    routes: ['POST /v1/{persons}/{id}/forget', 'GET /v1/{persons}/{id}/personal-data'],
    scopes: { administrator: 'all', manager: 'none', representative: 'none', analyst: 'none', integration: 'none' },
  },
  {
    what: 'Create, list and revoke API tokens',
    routes: ['POST /v1/tokens', 'GET /v1/tokens', 'DELETE /v1/tokens/{id}'],
    scopes: { administrator: 'all', manager: 'none', representative: 'none', analyst: 'none', integration: 'none' },
  },
  {
    what: 'Metrics of the embedded profile',
    routes: ['GET /metrics'],
    scopes: { administrator: 'all', manager: 'none', representative: 'none', analyst: 'none', integration: 'none' },
  },
];
