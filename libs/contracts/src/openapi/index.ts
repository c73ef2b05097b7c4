export * from './document.js';
export type { JsonSchema, OpenApiDocument } from './document-types.js';
export * from './event-schemas.js';
export * from './filters.js';
export * from './http-answers.js';
export * from './json-schema.js';
