export * from './messages-contract.js';
