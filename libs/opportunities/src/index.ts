export * from './domain/events.js';
export * from './domain/opportunity.js';
export * from './opportunities.module.js';
