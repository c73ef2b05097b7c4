import { describe } from '@jest/globals';
import { applyContract } from './apply-contract.js';
import { cellsContract } from './cells-contract.js';
import { filterContract } from './filter-contract.js';
import { hostileValuesContract } from './hostile-values-contract.js';
import { modelContract } from './model-contract.js';
import { orderContract } from './order-contract.js';
import { SCHEMA } from './samples.js';
import { scanContract } from './scan-contract.js';
import { searchContract } from './search-contract.js';
import { snapshotContract } from './snapshot-contract.js';
import { type OpenStoreUnderTest, StoreOfTest } from './store-under-test.js';

/** Declares the tests that every view store must pass. */
export function viewStoreContract(name: string, open: OpenStoreUnderTest): void {
  describe(`${name} is a view store`, () => {
    const test = new StoreOfTest(open, SCHEMA);
    applyContract(test);
    filterContract(test);
    orderContract(test);
    searchContract(test);
    cellsContract(test);
    scanContract(test);
    snapshotContract(test);
    hostileValuesContract(test);
    modelContract(test);
  });
}
