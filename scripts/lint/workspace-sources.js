// Where dependency-cruiser finds the packages of this repository: `@sillage/x` and `@sillage/x/sub` are the sources
// libs/x/src and libs/x/src/sub, not the compiled output that Node would load. So the boundary rules of
// .dependency-cruiser.js see across packages, type imports included, and need no build.
// The shape is that of a webpack configuration, because that is where dependency-cruiser takes aliases from; webpack
// itself is not used.
import { globSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../../', import.meta.url));
const { workspaces } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));

const alias = {};
for (const manifest of globSync(
  workspaces.map((pattern) => `${pattern}/package.json`),
  { cwd: root },
)) {
  const { name } = JSON.parse(readFileSync(join(root, manifest), 'utf8'));
  alias[name] = join(root, dirname(manifest), 'src');
}

export default {
  resolve: {
    alias,
    // Packages from the registry resolve as Node resolves them.
    exportsFields: ['exports'],
    conditionNames: ['types', 'import', 'node', 'require', 'default'],
  },
};
