export * from './domain/index.js';
export * from './opportunities.module.js';
