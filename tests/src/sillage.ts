import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import type { Readable } from 'node:stream';
import { fileURLToPath } from 'node:url';

const MAIN = fileURLToPath(new URL('../../apps/cli/dist/main.js', import.meta.url));

/** What a command said, and how it ended. */
export interface Said {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** The command line as users run it: in a process of its own, which finds the server by its data directory. */
export interface Sillage {
  readonly process: ChildProcess;
  readonly ended: Promise<Said>;
}

/** @param folder the working directory, where lists of refused rows are written */
export function sillage(dataDirectory: string, folder: string, ...args: readonly string[]): Sillage {
  return sillageWith({ SILLAGE_DATA_DIR: dataDirectory }, folder, ...args);
}

/** The same, with other variables in its environment. */
export function sillageWith(environment: NodeJS.ProcessEnv, folder: string, ...args: readonly string[]): Sillage {
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', MAIN, ...args], {
    cwd: folder,
    env: { PATH: process.env.PATH, ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const [stdout, stderr] = [collected(child.stdout), collected(child.stderr)];
  const ended = once(child, 'close').then(([code]) => ({
    code: code as number | null,
    stdout: stdout.join(''),
    stderr: stderr.join(''),
  }));
  return { process: child, ended };
}

/** What a stream has given; others may listen to it, too. */
function collected(stream: Readable): readonly string[] {
  const parts: string[] = [];
  stream.setEncoding('utf8').on('data', (part: string) => parts.push(part));
  return parts;
}
