export * from './address.js';
export * from './replicas.js';
export * from './tcp-client.js';
export * from './tcp-server.js';
