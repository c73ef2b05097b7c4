export * from './access/api-token.js';
export * from './access/roles.js';
export * from './fields/index.js';
export * from './public-event.js';
export * from './public-event-types.js';
export * from './records/index.js';
export * from './reports.js';
