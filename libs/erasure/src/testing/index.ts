export * from './key-store-contract.js';
export * from './memory-key-store.js';
export * from './people.js';
export * from './sealed.js';
