export * from './domain/index.js';
export * from './prospects.module.js';
