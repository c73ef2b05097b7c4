import { setTimeout as sleep } from 'node:timers/promises';
import { toOpportunity } from '../../contenders/sillage.js';
import { Faults } from '../../load/faults.js';
import { Latencies } from '../../load/latencies.js';
import { atMost } from '../../report/goal.js';
import { sampleRecord } from '../../sample/records.js';
import type { Scenario } from '../../scenarios/scenario.js';
import { catchUp } from '../catching-up.js';
import type { DistributedContext } from '../distributed-context.js';
import { TOKEN } from '../sillage-processes.js';

const WANTED_P95 = 300;

const BEHIND = 503;

/** Milliseconds. */
const PATIENCE = 60_000;

/** One write of so many is looked for in a list: a read each would be another load. */
const LOOKED_FOR = 10;

/** From the acknowledgement of a write until a list shows it, while writes come at a steady pace. */
export const lag: Scenario<DistributedContext> = {
  name: 'lag',
  run: async (context) => {
    const { plan, say } = context.options;
    const { origin } = await context.gateway();
    await Promise.all([context.start('relay'), context.start('reporting')]);
    await writtenOnce(context, origin);
    const [latencies, faults] = [new Latencies(), new Faults()];
    const writes: Promise<void>[] = [];
    const startedAt = performance.now();
    const total = Math.round((plan.steadyWrites * plan.steadyFor) / 1_000);
    for (let index = 0; index < total; index += 1) {
      const wait = startedAt + (1_000 * index) / plan.steadyWrites - performance.now();
      if (wait > 1) await sleep(wait);
      writes.push(
        write(origin, index).then(
          async (written) => {
            context.wrote(1);
            if (index % LOOKED_FOR === 0) latencies.record(await untilListed(origin, written));
          },
          (error: Error) => faults.add(error.message),
        ),
      );
    }
    const seconds = (performance.now() - startedAt) / 1_000;
    await Promise.all(writes);
    const p95 = latencies.percentile(95);
    say(`lag at ${plan.steadyWrites} writes/s: p95 ${p95.toFixed(0)} ms`);
    return [
      {
        kind: 'single',
        what: `write acknowledged until listed, at ${plan.steadyWrites} writes/s`,
        measured: `p95 ${p95.toFixed(0)} ms`,
        goals: [atMost('p95', p95, WANTED_P95, 'ms')],
        remark:
          `p50 ${latencies.percentile(50).toFixed(0)} ms, p99 ${latencies.percentile(99).toFixed(0)} ms of ` +
          `${latencies.count} looked for; ${Math.round(total / seconds)} writes/s were begun`,
        faults: faults.describe(),
      },
    ];
  },
};

interface Written {
  readonly id: string;
  readonly owner: string;
  /** Token of the position. */
  readonly position: string;
  readonly acknowledgedAt: number;
}

/** Warms everything up: what is behind is caught up with first. */
async function writtenOnce(context: DistributedContext, origin: string): Promise<void> {
  await write(origin, -1);
  context.wrote(1);
  if ((await context.projected()) < context.events) await catchUp(() => context.projected(), context.events);
}

async function write(origin: string, index: number): Promise<Written> {
  const owner = `owner-${index}`;
  const answer = await fetch(`${origin}/v1/opportunities`, {
    method: 'POST',
    headers: { authorization: `Bearer ${TOKEN}`, 'content-type': 'application/json' },
    body: JSON.stringify(toOpportunity({ ...sampleRecord(index), owner })),
  });
  const body = (await answer.json()) as { readonly id: string };
  const position = answer.headers.get('sillage-position');
  if (answer.status !== 201 || position === null) throw new Error(`status ${answer.status}: ${JSON.stringify(body)}`);
  return { id: body.id, owner, position, acknowledgedAt: performance.now() };
}

/** Lists the records of an owner who has only this one, once they hold it. Gives the milliseconds since it was acknowledged. */
async function untilListed(origin: string, { id, owner, position, acknowledgedAt }: Written): Promise<number> {
  const headers = { authorization: `Bearer ${TOKEN}`, 'sillage-wait-for': position };
  for (;;) {
    const answer = await fetch(`${origin}/v1/opportunities?owner=${owner}`, { headers });
    const body = (await answer.json()) as { readonly items?: readonly { readonly id: string }[] };
    const milliseconds = performance.now() - acknowledgedAt;
    // Views that are still behind after two seconds are told so: then it is asked again.
    if (answer.status === BEHIND && milliseconds < PATIENCE) continue;
    if (answer.status !== 200) throw new Error(`a list waited for a write: status ${answer.status}`);
    if (body.items?.[0]?.id !== id) throw new Error('a list does not show the write that it waited for');
    return milliseconds;
  }
}
