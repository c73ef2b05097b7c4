import type { Scenario } from '../../scenarios/scenario.js';
import { catchUp } from '../catching-up.js';
import type { DistributedContext } from '../distributed-context.js';
import { rateFigure } from './rate-figure.js';
import { TENANTS } from './relay.js';

const WANTED_RATE = 5_000;

/** Events a second that the projectors of one process carry from Kafka into the views. */
export const projecting: Scenario<DistributedContext> = {
  name: 'project',
  run: async (context) => {
    const { plan, say } = context.options;
    await context.start('relay');
    const behind = async (tenants: readonly string[], events: number) => {
      await context.stop('reporting');
      await context.fill(tenants, events);
      const relayed = await context.relayed();
      if (relayed < context.events) await catchUp(() => context.relayed(), context.events);
      const projected = catchUp(() => context.projected(), context.events);
      await context.start('reporting');
      return projected;
    };
    const figures = [
      rateFigure(
        `projection into MongoDB, ${TENANTS.length} tenants, catching up`,
        await behind(TENANTS, context.events < plan.events ? plan.events - context.events : 0),
        WANTED_RATE,
      ),
      rateFigure(
        'projection into MongoDB, one tenant, catching up',
        await behind(['tenant-0'], plan.eventsOfOneTenant),
        WANTED_RATE,
      ),
    ];
    for (const { what, measured } of figures) say(`${what}: ${measured}`);
    return figures;
  },
};
