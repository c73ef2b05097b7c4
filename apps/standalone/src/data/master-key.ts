import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { type Environment, givenMasterKeys, parseMasterKey, StartupError } from '@sillage/platform';

/**
 * The master keys of a data directory: those that the environment gives, else the one in the directory, made on first
 * start and readable by its owner only; and with it the one that a rotation has begun to put in its place.
 * @throws StartupError for a key that is malformed, or missing where it has wrapped others: a new one would be of no use,
 * and hide that the old one is needed.
 */
export function dataMasterKeys(
  { masterKeyFile: file, keysFile }: { readonly masterKeyFile: string; readonly keysFile: string },
  environment: Environment,
): readonly Uint8Array[] {
  if (givenMasterKeys(environment).length === 0 && !existsSync(file)) {
    if (existsSync(keysFile)) throw new StartupError(`The master key is missing: put it back as ${file}`);
    writeMasterKey(file);
  }
  return masterKeysIn(file, environment);
}

/** The same, without making one where there is none. */
export function masterKeysIn(file: string, environment: Environment): readonly Uint8Array[] {
  const given = givenMasterKeys(environment);
  if (given.length > 0) return given;
  return [file, followingFile(file)].filter((path) => existsSync(path)).map(readMasterKey);
}

/** Where the key is while it is being put in the place of the one in a file. */
export function followingFile(file: string): string {
  return `${file}.new`;
}

/** Durable once it returns: what it wraps could not be read again without it. */
export function writeMasterKey(file: string): void {
  writeFileSync(file, `${randomBytes(32).toString('base64')}\n`, { mode: 0o600, flag: 'wx', flush: true });
}

export function readMasterKey(file: string): Uint8Array {
  return parseMasterKey(readFileSync(file, 'utf8'), file);
}
