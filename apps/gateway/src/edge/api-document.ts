import { asyncApiDocument } from '@sillage/contracts/asyncapi';
import { openApiDocument } from '@sillage/contracts/openapi';

/** The public API as it is served; its version is that of the API, not of the software. */
export const API_DOCUMENT = openApiDocument({ version: '1.0.0' });

/** The public events as they go to other systems. */
export const EVENTS_DOCUMENT = asyncApiDocument({ version: '1.0.0' });

const METHODS = ['get', 'post', 'put', 'patch', 'delete'] as const;

const routes = Object.entries(API_DOCUMENT.paths).map(([template, operations]) => ({
  pattern: new RegExp(`^${template.replace(/\{[^}]+\}/g, '[^/]+')}$`),
  methods: METHODS.filter((method) => method in operations).map((method) => method.toUpperCase()),
}));

/** The methods that the API has for a path; none for a path that it does not have. */
export function methodsOf(path: string): readonly string[] {
  return [...new Set(routes.filter(({ pattern }) => pattern.test(path)).flatMap(({ methods }) => methods))];
}
