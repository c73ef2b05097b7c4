export * from './configuration.js';
export * from './logging.js';
export * from './startup-error.js';
