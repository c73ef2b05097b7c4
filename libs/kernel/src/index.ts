export * from './events.js';
export * from './ids.js';
export * from './instants.js';
export * from './json.js';
export * from './money.js';
export * from './problem.js';
export * from './record/index.js';
export * from './streams.js';
