export * from './events.js';
export * from './opportunity.js';
