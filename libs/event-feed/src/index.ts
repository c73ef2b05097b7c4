export * from './event-feed.js';
export * from './lag.js';
export * from './publisher.js';
export * from './steadily.js';
