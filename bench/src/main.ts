import { writeFileSync } from 'node:fs';
import { distributedPlanFor } from './distributed/distributed-plan.js';
import { distributedScenarios } from './distributed/scenarios/index.js';
import { withDistributedContext } from './distributed/with-distributed-context.js';
import { type Options, parseOptions } from './options.js';
import { planFor } from './plan.js';
import { Workspace } from './processes/workspace.js';
import { isReached } from './report/figure.js';
import { describeMachine, thisMachine } from './report/machine.js';
import { tablesOf } from './report/tables.js';
import { Context } from './scenarios/context.js';
import { scenarios } from './scenarios/index.js';
import { type Measured, runScenarios } from './scenarios/run-scenarios.js';
import type { Scenario } from './scenarios/scenario.js';

const options = parseOptions(process.argv.slice(2), {
  embedded: scenarios.map(({ name }) => name),
  distributed: distributedScenarios.map(({ name }) => name),
});
const machine = thisMachine();
const workspace = new Workspace();
const say = (line: string): void => void process.stderr.write(`${line}\n`);

for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => void workspace.close().then(() => process.exit(130)));
}

try {
  const { plan, measured, servers } = await (options.distributed ? measureDistributed() : measureEmbedded());
  const { figures, failed } = measured;
  process.stdout.write(`${[describeMachine(machine), ...servers].join('\n')}\n\n${tablesOf(figures)}\n`);
  if (options.json !== undefined) {
    writeFileSync(options.json, `${JSON.stringify({ machine, servers, plan, figures }, null, 2)}\n`);
  }
  if (failed || (options.check && !figures.every(isReached))) process.exitCode = 1;
} finally {
  await workspace.close();
}

interface Run {
  readonly plan: object;
  readonly measured: Measured;
  /** What servers there were besides Sillage, a line each. */
  readonly servers: readonly string[];
}

async function measureEmbedded(): Promise<Run> {
  const plan = planFor(options);
  const context = new Context(plan, workspace, say, options.profile);
  return { plan, measured: await runScenarios(chosen(scenarios, options), context), servers: [] };
}

async function measureDistributed(): Promise<Run> {
  const plan = distributedPlanFor(options);
  const settings = { plan, workspace, say, profileInto: options.profile };
  return withDistributedContext(settings, async (context) => ({
    plan,
    measured: await runScenarios(chosen(distributedScenarios, options), context),
    servers: context.options.servers.described,
  }));
}

function chosen<In>(all: readonly Scenario<In>[], { only }: Options): readonly Scenario<In>[] {
  return all.filter(({ name }) => only.length === 0 || only.includes(name));
}
