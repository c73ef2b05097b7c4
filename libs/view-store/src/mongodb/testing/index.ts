export * from './faulty-database.js';
export * from './mongo-for-tests.js';
