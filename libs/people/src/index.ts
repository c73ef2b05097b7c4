export * from './domain/index.js';
export * from './people.module.js';
