export * from './correlation.js';
export * from './logging.js';
export * from './metrics.js';
export * from './observed-streams.js';
export * from './observer.js';
