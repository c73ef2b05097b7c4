export * from './accounts.module.js';
export * from './domain/account.js';
export * from './domain/events.js';
