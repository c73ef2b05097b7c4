export * from './clients.module.js';
export * from './domain/client.js';
export * from './domain/events.js';
