export * from './account.js';
export * from './events.js';
