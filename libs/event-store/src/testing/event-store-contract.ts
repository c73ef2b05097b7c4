import { describe } from '@jest/globals';
import { appendContract } from './append-contract.js';
import { closingContract } from './closing-contract.js';
import { logContract } from './log-contract.js';
import { modelContract } from './model-contract.js';
import { type OpenStoreUnderTest, StoreOfTest } from './store-under-test.js';
import { subscriptionContract } from './subscription-contract.js';

/**
 * Declares the tests that every event store must pass. They look at nothing but streams and tenants of their own,
 * so that all may run at once on one server that already holds others.
 */
export function eventStoreContract(name: string, open: OpenStoreUnderTest): void {
  describe(`${name} is an event store`, () => {
    const test = new StoreOfTest(open);
    appendContract(test);
    modelContract(test);
    logContract(test);
    subscriptionContract(test);
    closingContract(test);
  });
}
