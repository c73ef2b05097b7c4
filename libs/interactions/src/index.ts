export * from './domain/index.js';
export * from './interactions.module.js';
