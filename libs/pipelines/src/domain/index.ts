export * from './default-pipelines.js';
export * from './events.js';
export * from './pipeline.js';
