import { existsSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Erasure, MasterKeys, requireMasterKeys } from '@sillage/erasure';
import { openSqliteKeyReader, openSqliteKeyStore } from '@sillage/erasure/sqlite';
import { masterKeysIn } from '@sillage/standalone';
import { asFailure } from './as-failure.js';
import { Failure } from './failure.js';

export interface CompletionOptions {
  /** The file with the master key that the backup's keys are wrapped by. */
  readonly masterKey?: string;
  /** A data directory, or a later backup, whose erasures are to be made again. */
  readonly erasuresOf?: string;
}

/** What of the keys is said to the user when a restore is done. */
export interface Completion {
  /** Nobody has given the master key yet. */
  readonly lacksMasterKey: boolean;
  /** How many persons are forgotten when a server starts. */
  readonly erasures: number;
}

/**
 * Gives restored files the master key, if it is at hand, and the ledger of erasures since the backup: a server that
 * starts on them forgets those persons again.
 * @throws Failure when the master key is another one, or the ledger is not where it is said to be.
 */
export async function completeRestored(
  stage: string,
  { masterKey, erasuresOf }: CompletionOptions,
  env: NodeJS.ProcessEnv,
): Promise<Completion> {
  const ledger = erasuresOf === undefined ? [] : await ledgerOf(erasuresOf);
  const keysFile = join(stage, 'keys.db');
  if (!existsSync(keysFile)) return withoutKeys(ledger);
  const file = join(stage, 'master-key');
  if (masterKey !== undefined) await putMasterKey(masterKey, file);
  try {
    const given = masterKeysIn(file, env);
    const keys = openSqliteKeyStore(keysFile);
    try {
      for (const erasure of ledger) await keys.addErasure(erasure);
      if (given.length > 0) await requireMasterKeys(keys, new MasterKeys(given));
      const lacksMasterKey = given.length === 0 && (await keys.tenantKeys()).length > 0;
      return { lacksMasterKey, erasures: (await keys.erasures()).length };
    } finally {
      await keys.close();
    }
  } catch (error) {
    throw asFailure(error);
  }
}

/** The backup is from before events were sealed: what they say of persons cannot be erased. */
function withoutKeys(ledger: readonly Erasure[]): Completion {
  if (ledger.length === 0) return { lacksMasterKey: false, erasures: 0 };
  throw new Failure('the backup has no keys, so that nobody can be forgotten in it: see docs/backup.md');
}

async function ledgerOf(directory: string): Promise<readonly Erasure[]> {
  const file = join(directory, 'keys.db');
  if (!existsSync(file)) throw new Failure(`there are no erasures in ${directory}: it has no keys.db`);
  try {
    const keys = openSqliteKeyReader(file);
    try {
      return await keys.erasures();
    } finally {
      await keys.close();
    }
  } catch (error) {
    throw asFailure(error);
  }
}

async function putMasterKey(from: string, to: string): Promise<void> {
  try {
    await writeFile(to, await readFile(from), { mode: 0o600, flag: 'wx', flush: true });
  } catch (error) {
    throw new Failure(`the master key cannot be copied: ${error instanceof Error ? error.message : error}`);
  }
}
