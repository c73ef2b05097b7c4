#!/usr/bin/env node
// The one entry of `npm start`, `npm test`, `npm run build` and so on. Each works as the first command after a
// clone: before the command itself come a Node that is new enough, the dependencies, and the build, each only when
// needed. What each command then does is in commands/.
import { ensureBuilt } from './bootstrap/build.js';
import { ensureDependencies } from './bootstrap/dependencies.js';
import { findNode } from './bootstrap/node.js';
import { BootstrapError, say } from './bootstrap/project.js';
import { commands } from './commands/index.js';

async function main([name, ...args]) {
  const command = commands[name];
  if (command === undefined) {
    throw new BootstrapError(`no command "${name ?? ''}"; there are ${Object.keys(commands).join(', ')}`);
  }
  const node = await findNode();
  await ensureDependencies(node);
  if (command.needsBuild) await ensureBuilt(node);
  return command.run({ node, args });
}

try {
  process.exitCode = await main(process.argv.slice(2));
} catch (error) {
  if (!(error instanceof BootstrapError)) throw error;
  say(error.message);
  process.exitCode = 1;
}
