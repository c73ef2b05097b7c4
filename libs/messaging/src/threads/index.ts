export * from './thread-calls.js';
