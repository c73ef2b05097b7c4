// Fetches and compiles the MongoDB of the tests, once, into .toolchain/.
import { existsSync, mkdirSync, rmSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { capture } from '../../../scripts/bootstrap/child.js';
import { exclusively } from '../../../scripts/bootstrap/lock.js';
import { hashOfFile, readStamp, say, toolchain, writeStamp } from '../../../scripts/bootstrap/project.js';

const here = (name) => fileURLToPath(new URL(name, import.meta.url));
const sources = ['pom.xml', 'MongoForTests.java'].map(here);

const folder = join(toolchain, 'mongodb');
const stamp = join(folder, 'made-of');
const libraries = join(folder, 'libraries');
const classes = join(folder, 'classes');

/** What this machine lacks, in words. Anything else that goes wrong is a defect. */
export class NotHere extends Error {}

/**
 * The class path to run `MongoForTests` with.
 * @throws NotHere
 */
export async function serverClassPath() {
  const madeOf = sources.map(hashOfFile).join(' ');
  if (readStamp(stamp) !== madeOf) {
    await exclusively(async () => {
      if (readStamp(stamp) !== madeOf) await make(madeOf);
    });
  }
  return [classes, join(libraries, '*')].join(delimiter);
}

async function make(madeOf) {
  say('fetching and compiling the MongoDB of the tests …');
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(classes, { recursive: true });
  const [pom, source] = sources;
  const fetched = await tool('mvn', [
    '--batch-mode',
    '--quiet',
    ...['--file', pom],
    'dependency:copy-dependencies',
    `-DoutputDirectory=${libraries}`,
  ]);
  if (fetched.code !== 0 || !existsSync(libraries)) {
    const [reason = ''] = fetched.output.match(/ERROR.*/) ?? [];
    throw new NotHere(`Maven could not fetch its libraries: ${reason.slice(0, 200)}`);
  }
  const compiled = await tool('javac', ['-cp', join(libraries, '*'), '-d', classes, source]);
  if (compiled.code !== 0) throw new Error(compiled.output);
  writeStamp(stamp, madeOf);
}

async function tool(program, args) {
  try {
    return await capture(program, args);
  } catch (error) {
    if (error.code === 'ENOENT') throw new NotHere(`there is no ${program}`);
    throw error;
  }
}
