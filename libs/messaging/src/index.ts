export * from './message.js';
export * from './message-directory.js';
export * from './message-observer.js';
export * from './messages.js';
export * from './record-handlers.js';
export * from './record-messages.js';
export * from './replying.js';
export * from './services.js';
