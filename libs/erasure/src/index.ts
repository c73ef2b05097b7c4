export * from './errors.js';
export * from './key-store.js';
export * from './keys/key-pools.js';
export * from './keys/key-ring.js';
export * from './keys/master-keys.js';
export * from './sealing/personal-types.js';
export * from './sealing/sealed-store.js';
export * from './sealing/unsealed-log.js';
