import { readScenario } from './read-scenario.js';

/** Up to 50 records whose names have words that begin with two that are asked for. */
export const search = readScenario('search', 0.5);
