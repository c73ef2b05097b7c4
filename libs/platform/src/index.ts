export * from './configuration/index.js';
export * from './file-lock.js';
export * from './process/index.js';
export * from './watching/index.js';
