// `npm run lint`: format and lint rules, types, boundaries, advisories. `npm run format`: repairs what can be repaired.
import { join } from 'node:path';
import { ensureBuilt } from '../bootstrap/build.js';
import { environmentFor, run } from '../bootstrap/child.js';
import { BootstrapError, root, say } from '../bootstrap/project.js';
import { audit } from '../lint/audit.js';

const biome = 'node_modules/@biomejs/biome/bin/biome';
const dependencyCruiser = 'node_modules/dependency-cruiser/bin/dependency-cruiser.mjs';

/** Runs every check, also after one has failed, so that one run tells everything. */
export async function lint({ node }) {
  const runJs = (script, args) => run(node, [join(root, script), ...args], { cwd: root, env: environmentFor(node) });
  const checks = {
    'format and lint rules': () => runJs(biome, ['check', '--error-on-warnings']),
    types: () => typesAreSound(node),
    'package references': () => runJs('scripts/lint/check-references.js', []),
    'advisories on dependencies': () => audit(node),
    'boundaries and cycles': () => runJs(dependencyCruiser, ['libs', 'apps', 'tests', 'bench', 'scripts']),
  };
  const failed = [];
  for (const [name, check] of Object.entries(checks)) {
    say(`checking ${name} …`);
    if ((await check()) !== 0) failed.push(name);
  }
  if (failed.length > 0) throw new BootstrapError(`not in order: ${failed.join(', ')}`);
  return 0;
}

export function format({ node, args }) {
  const env = environmentFor(node);
  return run(node, [join(root, biome), 'check', '--write', ...args], { cwd: root, env });
}

async function typesAreSound(node) {
  try {
    await ensureBuilt(node);
    return 0;
  } catch (error) {
    if (error instanceof BootstrapError) return 1;
    throw error;
  }
}
