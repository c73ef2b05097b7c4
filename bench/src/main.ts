import { writeFileSync } from 'node:fs';
import { parseOptions } from './options.js';
import { planFor } from './plan.js';
import { Workspace } from './processes/workspace.js';
import { isReached } from './report/figure.js';
import { describeMachine, thisMachine } from './report/machine.js';
import { tablesOf } from './report/tables.js';
import { Context } from './scenarios/context.js';
import { scenarios } from './scenarios/index.js';
import { runScenarios } from './scenarios/run-scenarios.js';

const names = scenarios.map(({ name }) => name);
const options = parseOptions(process.argv.slice(2), names);
const plan = planFor(options);
const machine = thisMachine();
const workspace = new Workspace();
const say = (line: string): void => void process.stderr.write(`${line}\n`);

for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => void workspace.close().then(() => process.exit(130)));
}

try {
  const chosen = scenarios.filter(({ name }) => options.only.length === 0 || options.only.includes(name));
  const { figures, failed } = await runScenarios(chosen, new Context(plan, workspace, say, options.profile));
  process.stdout.write(`${describeMachine(machine)}\n\n${tablesOf(figures)}\n`);
  if (options.json !== undefined) {
    writeFileSync(options.json, `${JSON.stringify({ machine, plan, figures }, null, 2)}\n`);
  }
  if (failed || (options.check && !figures.every(isReached))) process.exitCode = 1;
} finally {
  await workspace.close();
}
