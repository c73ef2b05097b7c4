export * from './events.js';
export * from './interaction.js';
