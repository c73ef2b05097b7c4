export * from './events.js';
export * from './prospect.js';
