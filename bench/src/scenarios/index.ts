import { create } from './create.js';
import { importing } from './import.js';
import { list } from './list.js';
import { memory } from './memory.js';
import { noisyTenant } from './noisy-tenant.js';
import { ready } from './ready.js';
import { rebuild } from './rebuild.js';
import { report } from './report.js';
import type { Scenario } from './scenario.js';
import { search } from './search.js';

/** Everything that is measured, in this order. */
export const scenarios: readonly Scenario[] = [
  ready,
  create,
  list,
  search,
  report,
  importing,
  memory,
  rebuild,
  noisyTenant,
];
