// Commands that run one of the built programs.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { environmentFor, run } from '../bootstrap/child.js';
import { BootstrapError, root } from '../bootstrap/project.js';

/** Stack traces name TypeScript lines; node:sqlite's warning that it is experimental is not for users. */
export const nodeOptions = ['--enable-source-maps', '--disable-warning=ExperimentalWarning'];

/** The command that runs the program at `path` (from the root), in the user's own working directory. */
export function program(path) {
  const entry = join(root, path);
  return {
    needsBuild: true,
    run: ({ node, args }) => {
      if (!existsSync(entry)) throw new BootstrapError(`${path} does not exist`);
      return run(node, [...nodeOptions, entry, ...args], { env: environmentFor(node) });
    },
  };
}
