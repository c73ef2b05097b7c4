export * from './decorators.js';
export * from './field-spec.js';
export * from './parse.js';
