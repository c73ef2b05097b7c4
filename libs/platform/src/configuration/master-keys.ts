import { readFileSync } from 'node:fs';
import { StartupError } from '../process/startup-error.js';
import { type Environment, given } from './environment.js';
import type { Variable } from './variables.js';

const KEY_BYTES = 32;

/**
 * The master keys that an operator gives, 32 bytes each: the one that wraps, then the one before it while keys are being
 * rotated; none when neither is given.
 * @throws StartupError when one is malformed or its file cannot be read. The words never hold the key.
 */
export function givenMasterKeys(environment: Environment): readonly Uint8Array[] {
  const current = keyIn(environment, 'SILLAGE_MASTER_KEY', 'SILLAGE_MASTER_KEY_FILE');
  const previous = keyIn(environment, 'SILLAGE_MASTER_KEY_PREVIOUS', 'SILLAGE_MASTER_KEY_PREVIOUS_FILE');
  if (current === undefined && previous !== undefined)
    throw new StartupError('SILLAGE_MASTER_KEY is not set, although the key before it is');
  return [current, previous].filter((key) => key !== undefined);
}

/** The same where nothing works without one. @throws StartupError when none is given, too. */
export function requiredMasterKeys(environment: Environment): readonly Uint8Array[] {
  const keys = givenMasterKeys(environment);
  if (keys.length > 0) return keys;
  throw new StartupError(
    'SILLAGE_MASTER_KEY or SILLAGE_MASTER_KEY_FILE must be set: 32 random bytes in base64, which nobody can guess and ' +
      'without which no personal data can be read again (openssl rand -base64 32)',
  );
}

/** @throws StartupError for what is no key in base64, or in hexadecimal. */
export function parseMasterKey(text: string, where: string): Uint8Array {
  const trimmed = text.trim();
  const key = Buffer.from(trimmed, /^[\da-f]{64}$/i.test(trimmed) ? 'hex' : 'base64');
  const isWhole = /^[\w+/-]+=*$/.test(trimmed) && key.length === KEY_BYTES;
  if (!isWhole) throw new StartupError(`${where} must be ${KEY_BYTES} bytes in base64 or hexadecimal`);
  return key;
}

function keyIn(environment: Environment, name: Variable, fileName: Variable): Uint8Array | undefined {
  const [text, file] = [given(environment, name), given(environment, fileName)];
  if (text !== undefined && file !== undefined) throw new StartupError(`${name} and ${fileName} are both set`);
  if (text !== undefined) return parseMasterKey(text, name);
  return file === undefined ? undefined : parseMasterKey(contentOf(file, fileName), `the file of ${fileName}`);
}

function contentOf(file: string, name: Variable): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    throw new StartupError(`the file of ${name} cannot be read: ${error instanceof Error ? error.message : error}`);
  }
}
