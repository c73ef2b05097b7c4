export * from './configuration.js';
export * from './file-lock.js';
export * from './logging.js';
export * from './startup-error.js';
