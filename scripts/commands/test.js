// `npm test [-- <what>]`: Jest over the compiled specs. The last line of the output is the count.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { environmentFor, run } from '../bootstrap/child.js';
import { root } from '../bootstrap/project.js';

const jest = join(root, 'node_modules/jest/bin/jest.js');

export async function test({ node, args }) {
  const folder = mkdtempSync(join(tmpdir(), 'sillage-test-'));
  const countFile = join(folder, 'count');
  try {
    const code = await run(
      node,
      ['--experimental-vm-modules', '--disable-warning=ExperimentalWarning', jest, ...args.map(asCompiled)],
      { cwd: root, env: { ...environmentFor(node), SILLAGE_TEST_COUNT: countFile } },
    );
    // Jest may end before it counts: it found no test, it crashed (the run itself is the failure then), or it was
    // asked for something else (`--help`).
    const count = readCount(countFile) ?? (code === 0 ? '' : '0 passed, 1 failed\n');
    process.stdout.write(count);
    // Jest calls a run of which every test was skipped a success.
    return code === 0 && /^0 passed, 0 failed/m.test(count) ? 1 : code;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** How often each of these happens to processes of the distributed profile in `npm run test:crash`, unless it is said. */
const CRASHES = { SILLAGE_KILLS: '200', SILLAGE_FREEZES: '50', SILLAGE_STOPS: '200' };

/** `npm run test:crash`: processes are killed, frozen and told to stop at random, under load; one suite after the other. */
export function crashTest({ node, args }) {
  for (const [name, times] of Object.entries(CRASHES)) process.env[name] ||= times;
  const suites = ['losing', 'freezing', 'stopping'].map((name) => `tests/src/distributed/${name}-processes.spec.ts`);
  return test({ node, args: ['--runInBand', ...suites, ...args] });
}

/** `npm run test:fuzz`: SILLAGE_FUZZ requests of each role, made from the OpenAPI document; 10,000 unless said. */
export function fuzzTest({ node, args }) {
  process.env.SILLAGE_FUZZ ||= '10000';
  return test({ node, args: ['tests/src/fuzz/fuzz.spec.ts', ...args] });
}

/** `npm run test:security`: SILLAGE_ATTACKS spoiled requests, and whatever else a server is attacked with; 20,000 unless said. */
export function securityTest({ node, args }) {
  process.env.SILLAGE_ATTACKS ||= '20000';
  const suites = ['tests/dist/edge', 'tests/dist/access', 'apps/gateway/dist/access'];
  return test({ node, args: [...suites, ...args] });
}

/** A spec may be named as the file one edits: libs/kernel/src/money.spec.ts. */
function asCompiled(arg) {
  return arg.replace(/(^|\/)src\/(.+)\.ts$/, '$1dist/$2.js');
}

function readCount(file) {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
}
