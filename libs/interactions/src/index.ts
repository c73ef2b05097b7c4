export * from './domain/events.js';
export * from './domain/interaction.js';
export * from './interactions.module.js';
