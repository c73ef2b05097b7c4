export * from './event-feed.js';
export * from './publisher.js';
export * from './steadily.js';
