export { openMongoKeyStore } from './mongo-key-store.js';
