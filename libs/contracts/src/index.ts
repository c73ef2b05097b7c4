export * from './access/index.js';
export * from './fields/index.js';
export * from './public-event.js';
export * from './public-event-types.js';
export * from './records/index.js';
export * from './reports.js';
