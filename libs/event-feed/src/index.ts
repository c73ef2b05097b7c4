export * from './event-feed.js';
export * from './publisher.js';
