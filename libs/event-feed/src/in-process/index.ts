export * from './log-event-feed.js';
