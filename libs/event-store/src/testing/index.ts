export { appendingBy } from './appending-by.js';
export { eventStoreContract } from './event-store-contract.js';
export { eventually } from './eventually.js';
export { anEvent } from './samples.js';
export type { OpenStoreUnderTest, StoreUnderTest } from './store-under-test.js';
