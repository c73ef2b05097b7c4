export * from './domain/events.js';
export * from './domain/pipeline.js';
export * from './pipelines.module.js';
