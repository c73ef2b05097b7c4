export * from './memory-streams.js';
export * from './note.js';
export * from './specification.js';
