export * from './read-model-messages.js';
export * from './reporting.module.js';
