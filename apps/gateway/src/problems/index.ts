export * from './language.js';
export * from './messages.js';
export * from './problem-json.js';
export * from './template.js';
