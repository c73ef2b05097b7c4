// Builds the TypeScript projects when, and only when, something that they are built from has changed.
// `tsc -b` is incremental itself, but starting it costs more than half a second; comparing every source's time and
// size with those of the last good build costs some milliseconds, and that is what `npm start` pays.
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { join, relative } from 'node:path';
import { environmentFor, run } from './child.js';
import { exclusively } from './lock.js';
import { BootstrapError, hashOfFile, readStamp, root, say, toolchain, writeStamp } from './project.js';

const stamp = join(toolchain, 'built');
const base = join(root, 'tsconfig.base.json');
const baseStamp = join(toolchain, 'built-with');

/** TypeScript 7's own compiler; the package named `typescript` is version 6, see docs/adr/0004-toolchain.md. */
export const compiler = join(root, 'node_modules/@typescript/native/bin/tsc');

/** Builds when needed. Throws when the code does not compile; the compiler has said why on stdout. */
export async function ensureBuilt(node) {
  if (isBuilt()) return;
  await exclusively(async () => {
    if (isBuilt()) return;
    await build(node, []);
  });
}

/** Builds whether needed or not; `args` go to `tsc -b` (a project's folder, `--force`, `--clean` …). */
export async function buildNow(node, args) {
  await exclusively(() => build(node, args));
}

async function build(node, args) {
  say('building …');
  const before = fingerprint();
  // TypeScript 7.0 does not notice that the configuration which the projects extend has changed.
  const force = readStamp(baseStamp) === hashOfFile(base) || args.includes('--clean') ? [] : ['--force'];
  rmSync(stamp, { force: true });
  for (const project of projects()) distrustIfIncomplete(join(root, project, 'src'), join(root, project, 'dist'));
  const code = await run(node, [compiler, '-b', ...force, ...args], { cwd: root, env: environmentFor(node) });
  if (code !== 0) throw new BootstrapError('the build failed');
  // With arguments it may have been less than a whole build: the next one that matters will see.
  if (args.length > 0) return;
  for (const project of projects()) removeOrphans(join(root, project, 'src'), join(root, project, 'dist'));
  writeStamp(baseStamp, hashOfFile(base));
  writeStamp(stamp, before);
}

function isBuilt() {
  return readStamp(stamp) === fingerprint() && projects().every((path) => existsSync(join(root, path, 'dist')));
}

/** The folders of the TypeScript projects, relative to the root, as the root tsconfig.json lists them. */
function projects() {
  const { references } = JSON.parse(readFileSync(join(root, 'tsconfig.json'), 'utf8'));
  return references.map(({ path }) => path);
}

/** One value that changes whenever a source, a configuration or an installed package does. */
function fingerprint() {
  const hash = createHash('sha256');
  const add = (path) => {
    const { mtimeMs, size } = statSync(path);
    hash.update(`${path} ${mtimeMs} ${size}\n`);
  };
  for (const file of ['tsconfig.json', 'tsconfig.base.json', 'package-lock.json']) add(join(root, file));
  for (const project of projects()) {
    for (const file of ['tsconfig.json', 'package.json']) add(join(root, project, file));
    for (const file of filesUnder(join(root, project, 'src'))) add(file);
  }
  return hash.digest('hex');
}

function filesUnder(folder) {
  return readdirSync(folder, { withFileTypes: true })
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((entry) => {
      const path = join(folder, entry.name);
      return entry.isDirectory() ? filesUnder(path) : [path];
    });
}

/**
 * Makes the compiler look at a project again of which a source has no output. It would not notice a file that has
 * come with an old time stamp (moved from another package, unpacked from an archive).
 */
function distrustIfIncomplete(source, output) {
  const hasOutput = (file) => existsSync(join(output, relative(source, file).replace(/ts$/, 'js')));
  const sources = filesUnder(source).filter((file) => file.endsWith('.ts') && !file.endsWith('.d.ts'));
  if (!sources.every(hasOutput)) rmSync(join(output, '.tsbuildinfo'), { force: true });
}

/**
 * Deletes output whose source is gone. The compiler leaves it, so a deleted test would go on running and a deleted
 * module would go on being importable, here but not in a fresh clone.
 */
function removeOrphans(source, output) {
  for (const entry of readdirSync(output, { withFileTypes: true })) {
    const path = join(output, entry.name);
    if (entry.isDirectory()) {
      if (existsSync(join(source, entry.name))) removeOrphans(join(source, entry.name), path);
      else rmSync(path, { recursive: true });
      continue;
    }
    const stem = /^(.*?)(?:\.d\.ts|\.js)(?:\.map)?$/.exec(entry.name)?.[1];
    if (stem !== undefined && !existsSync(join(source, `${stem}.ts`))) rmSync(path);
  }
}
