import { isPersonType, RECORD_TYPE_NAMES } from '../records/index.js';
import { REPORT_NAMES } from '../reports.js';
import { batchRoute, typeBatchRoute } from './batch-paths.js';
import { batchSchemas } from './batch-schemas.js';
import type { Components, OpenApiDocument, Operation, Route } from './document-types.js';
import { eventsRoute } from './event-paths.js';
import { EVENT_SCHEMAS } from './event-schemas.js';
import { REQUEST_HEADERS, RESPONSE_HEADERS } from './headers.js';
import { HISTORY_SCHEMAS } from './history-schemas.js';
import { capitalized, recordSchemas } from './json-schema.js';
import { LIST_PARAMETERS } from './list-parameters.js';
import { clientInteractionsRoute, listRoute, pageSchemas } from './list-paths.js';
import { personRoutes, personSchemas } from './person-paths.js';
import { COMMON_PROBLEMS, HTTP_PROBLEMS } from './problem-codes.js';
import { problemComponents, problemResponses } from './problem-responses.js';
import { PROBLEM_SCHEMAS } from './problem-schemas.js';
import { RECORD_PARAMETERS, recordRoutes } from './record-paths.js';
import { REPORT_PARAMETERS, reportRoute } from './report-paths.js';
import { reportSchemas } from './report-schemas.js';
import { SYSTEM_ROUTES, SYSTEM_SCHEMAS } from './system-paths.js';
import { TOKEN_PARAMETERS, TOKEN_ROUTES } from './token-paths.js';
import { TOKEN_SCHEMAS } from './token-schemas.js';

const DESCRIPTION = `Sillage is a CRM that forgets nothing: every change is an event, every list and report a view of them.

**Revisions.** A record's ETag is its revision. Changing or deleting it needs \`If-Match\`, so that nobody overwrites what
they have not seen.

**Reading what you wrote.** Every write answers with \`Sillage-Position\`. Lists and reports follow a moment later; send
the token as \`Sillage-Wait-For\` to have them wait for it.

**Repeating.** A POST with an \`Idempotency-Key\` is safe to repeat.

**Access.** A role says at which routes a token is taken, and with whose records: everybody's, those of a team, or one's
own. What is out of scope is answered like what is not there.

**Problems.** Refusals are \`application/problem+json\` with a stable \`code\`, in English or French.

JSON in UTF-8, instants by RFC 3339 in UTC, dates as \`YYYY-MM-DD\`, amounts as decimal strings.`;

/** The OpenAPI document of the public API, made from the declarations that the API itself runs on. Pure. */
export function openApiDocument({ version }: { readonly version: string }): OpenApiDocument {
  const routes = allRoutes();
  return {
    openapi: '3.1.1',
    info: {
      title: 'Sillage',
      version,
      description: DESCRIPTION,
      license: { name: 'Apache License 2.0', identifier: 'Apache-2.0' },
    },
    servers: [{ url: '/' }],
    security: [{ bearer: [] }],
    tags: tags(),
    paths: paths(routes),
    components: components(routes),
  };
}

function allRoutes(): readonly Route[] {
  const records = RECORD_TYPE_NAMES.flatMap((type) => [
    listRoute(type),
    ...recordRoutes(type),
    ...(type === 'clients' ? [clientInteractionsRoute()] : []),
    ...(isPersonType(type) ? personRoutes(type) : []),
    typeBatchRoute(type),
  ]);
  return [...records, batchRoute(), ...REPORT_NAMES.map(reportRoute), eventsRoute(), ...TOKEN_ROUTES, ...SYSTEM_ROUTES];
}

function tags(): OpenApiDocument['tags'] {
  return [
    ...RECORD_TYPE_NAMES.map((type) => ({ name: capitalized(type), description: `The ${type} of your tenant` })),
    { name: 'Batch', description: 'Writes of any kind, many at once' },
    { name: 'Reports', description: 'Figures by group, and the records behind them' },
    { name: 'Events', description: 'Everything that happened, for other systems' },
    { name: 'Tokens', description: 'Who may use the API, where Sillage itself says so' },
    { name: 'System', description: 'Health and documentation; needs no token' },
  ];
}

function paths(routes: readonly Route[]): OpenApiDocument['paths'] {
  const byPath = Map.groupBy(routes, ({ path }) => path);
  const items = [...byPath].map(([path, own]) => [path, Object.fromEntries(own.map((r) => [r.method, operation(r)]))]);
  return Object.fromEntries(items);
}

function operation(route: Route): Operation {
  const { operationId, tag, summary, description, parameters, requestBody, answers } = route;
  return {
    operationId,
    tags: [tag],
    summary,
    ...(description !== undefined && { description }),
    ...(route.open && { security: [] }),
    parameters,
    ...(requestBody !== undefined && { requestBody }),
    responses: { ...answers, ...problemResponses(problemCodes(route)) },
  };
}

function problemCodes({ problems, open }: Route): Route['problems'] {
  return [...(open ? HTTP_PROBLEMS : COMMON_PROBLEMS), ...problems];
}

function components(routes: readonly Route[]): Components {
  const answers = routes.map((route) => problemComponents(problemCodes(route)));
  return {
    schemas: {
      ...recordSchemas(),
      ...pageSchemas(),
      ...HISTORY_SCHEMAS,
      ...personSchemas(),
      ...batchSchemas(),
      ...reportSchemas(),
      ...EVENT_SCHEMAS,
      ...PROBLEM_SCHEMAS,
      ...TOKEN_SCHEMAS,
      ...SYSTEM_SCHEMAS,
    },
    parameters: {
      ...RECORD_PARAMETERS,
      ...LIST_PARAMETERS,
      ...REPORT_PARAMETERS,
      ...TOKEN_PARAMETERS,
      ...REQUEST_HEADERS,
    },
    headers: RESPONSE_HEADERS,
    responses: Object.assign({}, ...answers),
    securitySchemes: {
      bearer: {
        type: 'http',
        scheme: 'bearer',
        description:
          'A token of `/v1/tokens`, the one in the data directory, or a JWT of the OpenID Connect issuer with the claim `roles`.',
      },
    },
  };
}
