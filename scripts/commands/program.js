// Commands that run one of the built programs.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { environmentFor, run } from '../bootstrap/child.js';
import { BootstrapError, root, toolchain } from '../bootstrap/project.js';

/** Stack traces name TypeScript lines; node:sqlite's warning that it is experimental is not for users. */
export const nodeOptions = ['--enable-source-maps', '--disable-warning=ExperimentalWarning'];

/**
 * For the server, whose three threads would each let garbage grow to the size of what lives: a small nursery and an
 * early collection save more than 100 MB after an import, see docs/performance.md.
 */
export const serverOptions = ['--max-semi-space-size=2', '--heap-growing-percent=50'];

/** The command that runs the program at `path` (from the root), in the user's own working directory. */
export function program(path, options = []) {
  const entry = join(root, path);
  return {
    needsBuild: true,
    run: ({ node, args }) => {
      if (!existsSync(entry)) throw new BootstrapError(`${path} does not exist`);
      // The compiled code of the last start, which is a fifth of what a start costs.
      const env = { ...environmentFor(node), NODE_COMPILE_CACHE: join(toolchain, 'compile-cache') };
      return run(node, [...nodeOptions, ...options, entry, ...args], { env });
    },
  };
}
