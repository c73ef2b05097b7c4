// Where the project is, and how the bootstrap speaks to the person who runs it.
// Everything under scripts/ is plain JavaScript on Node built-ins only, readable by Node 20:
// it runs before any dependency is there, and before a newer Node is found.
import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Absolute path of the repository's root. */
export const root = fileURLToPath(new URL('../../', import.meta.url));

/** Git-ignored folder for what the bootstrap makes: a downloaded Node, stamps, the lock. */
export const toolchain = join(root, '.toolchain');

/** One line of progress, on stderr, so that stdout stays the command's own. */
export function say(line) {
  process.stderr.write(`sillage: ${line}\n`);
}

/** A failure that needs no stack trace: the message is all the user needs. */
export class BootstrapError extends Error {}

export function hashOfFile(path) {
  return createHash('sha256').update(readFileSync(path)).digest('hex');
}

/** A stamp is a small file that holds what was true when a step last succeeded. */
export function readStamp(path) {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}

export function writeStamp(path, value) {
  writeFileSync(path, value);
}
