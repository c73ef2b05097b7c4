export * from './domain/events.js';
export * from './domain/prospect.js';
export * from './prospects.module.js';
