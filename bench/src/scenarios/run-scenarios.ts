import type { Figure } from '../report/figure.js';
import type { Scenario } from './scenario.js';

/** What was measured, and whether something could not be. */
export interface Measured {
  readonly figures: readonly Figure[];
  readonly failed: boolean;
}

/** Runs one scenario after the other. One that fails takes its own figures with it, not those of the others. */
export async function runScenarios<In>(scenarios: readonly Scenario<In>[], context: In): Promise<Measured> {
  const figures: Figure[] = [];
  let failed = false;
  for (const { name, run } of scenarios) {
    try {
      figures.push(...(await run(context)));
    } catch (error) {
      failed = true;
      const reason = error instanceof Error ? error.message : String(error);
      figures.push({ kind: 'single', what: name, measured: undefined, goals: [], remark: 'failed', faults: [reason] });
    }
  }
  return { figures, failed };
}
