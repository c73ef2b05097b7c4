import { readScenario } from './read-scenario.js';

/** The 50 newest of the records. */
export const list = readScenario('list', 0.5);
