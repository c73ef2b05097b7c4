export * from './condition-target.js';
export * from './errors.js';
export * from './generations.js';
export * from './query.js';
export * from './view.js';
export * from './view-store.js';
export { fold, queryWords, words } from './words.js';
