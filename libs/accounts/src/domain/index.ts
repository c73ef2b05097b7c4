export * from './events.js';
export * from './account.js';
