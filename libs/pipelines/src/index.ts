export * from './domain/index.js';
export * from './pipelines.module.js';
