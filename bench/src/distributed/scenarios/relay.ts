import type { Scenario } from '../../scenarios/scenario.js';
import { catchUp } from '../catching-up.js';
import type { DistributedContext } from '../distributed-context.js';
import { rateFigure } from './rate-figure.js';

const WANTED_RATE = 20_000;

/** More than the topic has partitions, so that most have some. */
export const TENANTS: readonly string[] = Array.from({ length: 24 }, (_, index) => `tenant-${index}`);

/** Events a second that the relay carries into Kafka when it is behind. */
export const relaying: Scenario<DistributedContext> = {
  name: 'relay',
  run: async (context) => {
    const { plan, say } = context.options;
    await context.fill(TENANTS, plan.events);
    const caughtUp = catchUp(() => context.relayed(), context.events);
    await context.start('relay');
    const figure = rateFigure('relay into Kafka, catching up', await caughtUp, WANTED_RATE);
    say(`${figure.what}: ${figure.measured}`);
    return [figure];
  },
};
