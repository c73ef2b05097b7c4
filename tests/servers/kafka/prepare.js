// Has the jars of a Kafka broker ready, fetched by Maven once and kept beside the rest of the toolchain.
import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { capture } from '../../../scripts/bootstrap/child.js';
import { exclusively } from '../../../scripts/bootstrap/lock.js';
import {
  BootstrapError,
  hashOfFile,
  readStamp,
  say,
  toolchain,
  writeStamp,
} from '../../../scripts/bootstrap/project.js';

const OLDEST_JAVA = 17;

const pom = fileURLToPath(new URL('pom.xml', import.meta.url));
const folder = join(toolchain, 'kafka');
const jars = join(folder, 'jars');
const stamp = join(folder, 'stamp');

/** Resolves with Java's class path. Throws a BootstrapError that says what is missing on this machine. */
export async function prepareKafka() {
  await requireJava();
  await exclusively(async () => {
    if (readStamp(stamp) === hashOfFile(pom)) return;
    say('fetching a Kafka broker for the tests (45 MB) …');
    rmSync(folder, { recursive: true, force: true });
    mkdirSync(jars, { recursive: true });
    await fetchJars();
    writeStamp(stamp, hashOfFile(pom));
  });
  return join(jars, '*');
}

async function requireJava() {
  const { code, output } = await attempt('java', ['-version']);
  const version = Number(/version "(\d+)/.exec(output)?.[1]);
  if (code !== 0 || !(version >= OLDEST_JAVA)) throw new BootstrapError(`it needs Java ${OLDEST_JAVA} or newer`);
}

async function fetchJars() {
  const args = ['--quiet', '--batch-mode', '--file', pom, 'dependency:copy-dependencies', `-DoutputDirectory=${jars}`];
  const { code, output } = await attempt('mvn', args);
  if (code === undefined) throw new BootstrapError('it needs Maven (mvn), once');
  if (code !== 0) {
    throw new BootstrapError(`Maven could not fetch it: ${/\[ERROR\] (.+)/.exec(output)?.[1] ?? 'without a reason'}`);
  }
}

/** The code is undefined where there is no such program. */
async function attempt(program, args) {
  try {
    return await capture(program, args);
  } catch (error) {
    if (error.code === 'ENOENT') return { code: undefined, output: '' };
    throw error;
  }
}
