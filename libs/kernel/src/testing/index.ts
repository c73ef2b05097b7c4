export * from './memory-streams.js';
export * from './not-run.js';
export * from './note.js';
export * from './servers.js';
export * from './specification.js';
