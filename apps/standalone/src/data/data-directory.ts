import { chmodSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { type FileLock, lockFile, StartupError } from '@sillage/platform';
import { isRestoring } from './restoring-directory.js';

/** Of the directory's layout. A directory of a newer version is left alone. */
const FORMAT = 1;

/** Where the embedded profile keeps everything, held by one process at a time. */
export interface DataDirectory {
  readonly path: string;
  readonly eventsFile: string;
  readonly keysFile: string;
  readonly masterKeyFile: string;
  readonly viewsDirectory: string;
  readonly adminTokenFile: string;
  readonly tokenUsesFile: string;
  /** Tells command-line tools where the server listens. */
  announce(url: string): void;
  release(): void;
}

/** @throws StartupError when it cannot be written, is held by another process, or is of a newer version. */
export function openDataDirectory(directory: string): DataDirectory {
  const root = path.resolve(directory);
  create(root);
  const lock = hold(root);
  try {
    refuseUnfinished(root);
    checkFormat(root);
  } catch (error) {
    lock.release();
    throw error;
  }
  const server = path.join(root, 'server.json');
  return {
    path: root,
    eventsFile: path.join(root, 'events.db'),
    keysFile: path.join(root, 'keys.db'),
    masterKeyFile: path.join(root, 'master-key'),
    viewsDirectory: path.join(root, 'views'),
    adminTokenFile: path.join(root, 'admin-token'),
    tokenUsesFile: path.join(root, 'token-uses.json'),
    announce: (url) => writeFileSync(server, `${JSON.stringify({ url, pid: process.pid })}\n`),
    release: () => {
      rmSync(server, { force: true });
      lock.release();
    },
  };
}

function create(root: string): void {
  attempt(root, () => {
    mkdirSync(path.join(root, 'views'), { recursive: true, mode: 0o700 });
    chmodSync(root, 0o700);
  });
}

function hold(root: string): FileLock {
  const lock = attempt(root, () => lockFile(path.join(root, 'lock')));
  if (lock === undefined) throw new StartupError(`The data directory ${root} is in use by another process`);
  return lock;
}

function refuseUnfinished(root: string): void {
  if (!isRestoring(root)) return;
  throw new StartupError(`A restore into the data directory ${root} was not finished: run it again`);
}

function checkFormat(root: string): void {
  const file = path.join(root, 'format');
  if (!existsSync(file)) {
    writeFileSync(file, `${FORMAT}\n`);
    return;
  }
  const format = Number(readFileSync(file, 'utf8'));
  if (!(format <= FORMAT)) {
    throw new StartupError(`The data directory ${root} was written by a newer version of Sillage (format ${format})`);
  }
}

function attempt<T>(root: string, write: () => T): T {
  try {
    return write();
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new StartupError(`The data directory ${root} is not writable: ${reason}`, { cause: error });
  }
}
