import { readScenario } from './read-scenario.js';

/** Counts and sums by stage. The floor groups the records each time, Sillage keeps cells. */
export const report = readScenario('report', 1);
