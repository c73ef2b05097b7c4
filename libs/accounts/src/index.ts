export * from './accounts.module.js';
export * from './domain/index.js';
