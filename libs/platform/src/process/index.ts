export * from './listening.js';
export * from './readiness.js';
export * from './run-process.js';
export * from './shutdown.js';
export * from './startup-error.js';
