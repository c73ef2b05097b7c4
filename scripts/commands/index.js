// What can be asked of scripts/run.js: { needsBuild, run({ node, args }) -> exit code }.
import { buildNow } from '../bootstrap/build.js';
import { dev } from './dev.js';
import { distributed } from './distributed.js';
import { format, lint } from './lint.js';
import { program, serverOptions } from './program.js';
import { crashTest, fuzzTest, securityTest, test } from './test.js';

export const commands = {
  start: program('apps/standalone/dist/main.js', serverOptions),
  'start:distributed': { needsBuild: true, run: distributed },
  sillage: program('apps/cli/dist/main.js'),
  bench: program('bench/dist/main.js'),
  dev: { needsBuild: true, run: dev },
  test: { needsBuild: true, run: test },
  'test:crash': { needsBuild: true, run: crashTest },
  'test:security': { needsBuild: true, run: securityTest },
  'test:fuzz': { needsBuild: true, run: fuzzTest },
  build: {
    needsBuild: false,
    run: async ({ node, args }) => {
      await buildNow(node, args);
      return 0;
    },
  },
  lint: { needsBuild: false, run: lint },
  format: { needsBuild: false, run: format },
};
