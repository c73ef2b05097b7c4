import { mkdir, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Failure } from '../failure.js';
import type { Progress } from '../progress/progress.js';
import { digestOf } from './digest.js';
import { BACKUP_FORMAT, MANIFEST, type Manifest } from './manifest.js';

/** What is backed up. */
export interface BackupSource {
  /** Copies the events as they are at one moment. What `onProgress` throws ends it. */
  copyEvents(
    folder: string,
    onProgress: (done: number, total: number) => void,
  ): Promise<{ readonly events: number; readonly head: number }>;
  /** Copies whatever else there is. */
  copyFiles(folder: string, signal: AbortSignal): Promise<void>;
}

export interface BackupRequest {
  readonly source: BackupSource;
  /** The folder that the backup is to be; there must be nothing there. */
  readonly folder: string;
  readonly progress: Progress;
  readonly signal: AbortSignal;
  /** Milliseconds since 1970, UTC. */
  readonly now: () => number;
}

/**
 * Makes a backup beside its place and moves it there when it is whole and on the disk, so that under its name there is
 * never half a one. A server may run, and write.
 * @throws Failure when it cannot be written where it is to be.
 */
export async function takeBackup({ source, folder, progress, signal, now }: BackupRequest): Promise<Manifest> {
  const part = `${folder}.part`;
  await begin(folder, part);
  try {
    const takenAt = new Date(now()).toISOString();
    const copied = await source.copyEvents(part, pageProgress(progress, signal));
    await source.copyFiles(part, signal);
    const manifest = { format: BACKUP_FORMAT, takenAt, ...copied, files: await filesIn(part, signal) };
    await writeFile(join(part, MANIFEST), `${JSON.stringify(manifest, null, 2)}\n`, { mode: 0o600, flush: true });
    await rename(part, folder);
    return manifest;
  } catch (error) {
    await rm(part, { recursive: true, force: true });
    throw error;
  }
}

async function begin(folder: string, part: string): Promise<void> {
  if (await exists(folder)) throw new Failure(`${folder} is there already: a backup takes the place of nothing`);
  await mkdir(part, { mode: 0o700 }).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'EEXIST') throw new Failure(`${folder} cannot be written: ${error.message}`);
    throw new Failure(`another backup is being made as ${part}, or was cut off: then delete that folder`);
  });
}

async function filesIn(folder: string, signal: AbortSignal): Promise<Manifest['files']> {
  const names = (await readdir(folder)).sort();
  const files: Manifest['files'][number][] = [];
  for (const name of names) files.push({ name, ...(await digestOf(join(folder, name), signal)) });
  return files;
}

function pageProgress(progress: Progress, signal: AbortSignal): (done: number, total: number) => void {
  let told = 0;
  return (done, total) => {
    signal.throwIfAborted();
    if (told === 0) progress.begin('backup', total, 'pages');
    progress.advance(done - told);
    told = done;
  };
}

function exists(path: string): Promise<boolean> {
  return readdir(path).then(
    () => true,
    (error: NodeJS.ErrnoException) => error.code !== 'ENOENT',
  );
}
