export * from './events.js';
export * from './pipeline.js';
