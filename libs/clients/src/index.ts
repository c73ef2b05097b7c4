export * from './clients.module.js';
export * from './domain/index.js';
