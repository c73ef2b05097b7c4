export * from './access-table.js';
export * from './api-token.js';
export * from './hidden-fields.js';
export * from './policy.js';
export * from './roles.js';
export * from './routes.js';
export * from './scopes.js';
