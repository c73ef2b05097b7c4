import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { copyWithDigest, type Digest, digestOf } from '../backup/digest.js';
import { type BackedUpFile, BackupFault, MANIFEST, type Manifest, parseManifest } from '../backup/manifest.js';
import { Failure } from '../failure.js';

/** Where the files of a backup go. */
export interface RestoreTarget {
  /** Where they are put first. */
  readonly stage: string;
  /** Puts them all in their places. */
  finish(): void;
  /** Takes back what was put there, unless it is finished. */
  release(): void;
}

export interface RestoreRequest {
  readonly folder: string;
  /** Every file that a backup may have: one with others has more than this Sillage knows to restore. */
  readonly known: readonly string[];
  /** Asked for only when the backup is good. */
  readonly target: () => RestoreTarget;
  /** What is left to do with the files on the stage, before they are put in their places. */
  readonly complete: (stage: string) => Promise<void>;
  readonly signal: AbortSignal;
}

/**
 * Makes a data directory of a backup. Nothing is written before all of the backup is known to be what it was, and
 * nothing is in its place before all of it was written.
 * @throws Failure when the backup is damaged, or the target not to be had.
 */
export async function restoreBackup({ folder, known, target, complete, signal }: RestoreRequest): Promise<Manifest> {
  try {
    const manifest = await checked(folder, known, signal);
    const restoring = target();
    try {
      for (const file of manifest.files) {
        const copied = await copyWithDigest(join(folder, file.name), join(restoring.stage, file.name), signal);
        requireSame(file, copied);
      }
      await complete(restoring.stage);
      restoring.finish();
    } finally {
      restoring.release();
    }
    return manifest;
  } catch (error) {
    throw error instanceof BackupFault ? new Failure(`${folder} cannot be restored: ${error.message}`) : error;
  }
}

async function checked(folder: string, known: readonly string[], signal: AbortSignal): Promise<Manifest> {
  const manifest = parseManifest(await manifestIn(folder));
  const names = manifest.files.map(({ name }) => name);
  const strange = names.find((name) => !known.includes(name));
  if (strange !== undefined) throw new BackupFault(`${strange} is no file that this version knows`);
  if (!names.includes('events.db')) throw new BackupFault('it has no events');
  const unlisted = (await readdir(folder)).find((name) => name !== MANIFEST && !names.includes(name));
  if (unlisted !== undefined) throw new BackupFault(`its manifest does not know ${unlisted}`);
  for (const file of manifest.files) requireSame(file, await digestIn(folder, file, signal));
  return manifest;
}

async function manifestIn(folder: string): Promise<string> {
  return readFile(join(folder, MANIFEST), 'utf8').catch((error: NodeJS.ErrnoException) => {
    throw new BackupFault(error.code === 'ENOENT' ? 'there is no backup' : error.message);
  });
}

function digestIn(folder: string, { name }: BackedUpFile, signal: AbortSignal): Promise<Digest> {
  return digestOf(join(folder, name), signal).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') throw new BackupFault(`${name} is missing`);
    throw error;
  });
}

function requireSame({ name, bytes, sha256 }: BackedUpFile, found: Digest): void {
  if (found.bytes !== bytes || found.sha256 !== sha256) throw new BackupFault(`${name} is not what it was`);
}
