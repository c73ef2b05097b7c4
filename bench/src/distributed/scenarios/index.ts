import type { Scenario } from '../../scenarios/scenario.js';
import type { DistributedContext } from '../distributed-context.js';
import { lag } from './lag.js';
import { projecting } from './project.js';
import { relaying } from './relay.js';
import { writing } from './write.js';

/** Everything that is measured of the distributed profile, in this order: each goes on with what those before have left. */
export const distributedScenarios: readonly Scenario<DistributedContext>[] = [writing, relaying, projecting, lag];
