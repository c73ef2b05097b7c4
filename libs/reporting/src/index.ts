export * from './projector/projector.js';
export * from './read-models.js';
export * from './rebuild/fold-to.js';
export * from './reporting-read-models.js';
export * from './schema.js';
export * from './verification/checksum.js';
export * from './verification/differences.js';
export * from './views/parked.js';
