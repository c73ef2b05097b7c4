import { existsSync, mkdirSync, readdirSync, renameSync, rmdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import { type FileLock, lockFile, StartupError } from '@sillage/platform';

/** As long as this is in a data directory, the others there may be none, some or all of a backup's. */
const STAGE = 'restoring';

const LOCK = 'lock';

/** A data directory that is being filled from a backup. No server starts on it until that is done. */
export interface RestoringDirectory {
  readonly path: string;
  /** Where the files are put first. */
  readonly stage: string;
  /** Moves the files from the stage to their places: after that it is a data directory like any other. */
  finish(): void;
  /** Takes back what there is of the restore, unless it is finished, and lets go of the directory. */
  release(): void;
}

/** Whether a restore into the directory was begun and not finished. */
export function isRestoring(directory: string): boolean {
  return existsSync(path.join(directory, STAGE));
}

/**
 * Holds a directory to restore into: one that is not there, empty, or has what an unfinished restore has left.
 * @throws StartupError when something else is in it, a process uses it, or it cannot be written.
 */
export function openForRestore(directory: string): RestoringDirectory {
  const root = path.resolve(directory);
  try {
    mkdirSync(root, { recursive: true, mode: 0o700 });
    refuseOthers(root);
    const lock = hold(root);
    // Once more: somebody may have filled it before it was held.
    refuseOthers(root, () => lock.release());
    clear(root);
    const stage = path.join(root, STAGE);
    mkdirSync(stage, { mode: 0o700 });
    return restoring(root, stage, lock);
  } catch (error) {
    if (error instanceof StartupError) throw error;
    const reason = error instanceof Error ? error.message : String(error);
    throw new StartupError(`${root} cannot be restored into: ${reason}`, { cause: error });
  }
}

function restoring(root: string, stage: string, lock: FileLock): RestoringDirectory {
  return {
    path: root,
    stage,
    finish: () => {
      for (const name of readdirSync(stage)) renameSync(path.join(stage, name), path.join(root, name));
      // Last, so that a crash in between leaves a directory that tells of it.
      rmdirSync(stage);
    },
    release: () => {
      if (existsSync(stage)) clear(root);
      lock.release();
    },
  };
}

function refuseOthers(root: string, orElse: () => void = () => {}): void {
  const others = readdirSync(root).filter((name) => name !== LOCK);
  if (others.length === 0 || isRestoring(root)) return;
  orElse();
  const isUsed = existsSync(path.join(root, LOCK)) && !canHold(root);
  const why = isUsed ? 'is in use by another process' : 'is not empty';
  throw new StartupError(`${root} ${why}: restore into a new directory`);
}

function canHold(root: string): boolean {
  const lock = lockFile(path.join(root, LOCK));
  lock?.release();
  return lock !== undefined;
}

function hold(root: string): FileLock {
  const lock = lockFile(path.join(root, LOCK));
  if (lock === undefined) throw new StartupError(`${root} is in use by another process: restore into a new directory`);
  return lock;
}

/** The stage last: it says of everything else that it may go. */
function clear(root: string): void {
  const own = readdirSync(root).filter((name) => name !== LOCK && name !== STAGE);
  for (const name of [...own, STAGE]) rmSync(path.join(root, name), { recursive: true, force: true });
}
