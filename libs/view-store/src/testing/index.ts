export type { OpenStoreUnderTest, StoreUnderTest } from './store-under-test.js';
export { viewStoreContract } from './view-store-contract.js';
