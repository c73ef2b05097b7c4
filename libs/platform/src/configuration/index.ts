export * from './access.js';
export * from './embedded.js';
export type { Address, Environment } from './environment.js';
export * from './master-keys.js';
export * from './process.js';
export * from './security.js';
export * from './servers.js';
export * from './services.js';
export * from './variables.js';
