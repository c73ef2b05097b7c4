export * from './document.js';
export type { AsyncApiDocument } from './document-types.js';
