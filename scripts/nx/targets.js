// Tells Nx what can be run for each package, so that `npx nx affected -t test` runs the tests of what a branch has
// touched and of what depends on it, and answers from its cache what has not changed. Nx finds the packages and what
// they depend on by itself, from the workspaces' package.json files.
// The commands are those of the bootstrap, so they too find a Node that is new enough.
import { readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** @type {import('nx/src/project-graph/plugins').CreateNodesV2} */
export const createNodesV2 = [
  '{libs/*,apps/*,tests,bench}/tsconfig.json',
  (files, _options, { workspaceRoot }) =>
    files.map((file) => {
      const root = dirname(file);
      const targets = { build: build(root) };
      if (hasTests(join(workspaceRoot, root, 'src'))) targets.test = test(root);
      return [file, { projects: { [root]: { root, targets } } }];
    }),
];

function hasTests(folder) {
  return readdirSync(folder, { recursive: true }).some((path) => path.endsWith('.spec.ts'));
}

/** See namedInputs in nx.json. */
const inputs = ['sources', '^sources'];

function build(root) {
  return {
    command: `node scripts/run.js build ${root}`,
    dependsOn: ['^build'],
    cache: true,
    inputs,
    outputs: ['{projectRoot}/dist'],
  };
}

function test(root) {
  return { command: `node scripts/run.js test ${root}/`, cache: true, inputs };
}
