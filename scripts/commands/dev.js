// `npm run dev`: rebuilds on every change of a source, restarts the service on every change of what it has loaded.
import { join } from 'node:path';
import { compiler } from '../bootstrap/build.js';
import { environmentFor, run } from '../bootstrap/child.js';
import { root } from '../bootstrap/project.js';
import { nodeOptions } from './program.js';

export async function dev({ node, args }) {
  const options = { cwd: root, env: environmentFor(node) };
  const entry = join(root, 'apps/standalone/dist/main.js');
  const codes = await Promise.all([
    run(node, [compiler, '-b', '--watch', '--preserveWatchOutput'], options),
    run(node, ['--watch', '--watch-preserve-output', ...nodeOptions, entry, ...args], options),
  ]);
  return Math.max(...codes);
}
