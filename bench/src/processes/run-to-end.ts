import { spawn } from 'node:child_process';
import { once } from 'node:events';

export interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
  /** From the start of the process to its end, Node's own start included. */
  readonly seconds: number;
}

export interface RunOptions {
  /** The program and its arguments, run by this same Node with the same options. */
  readonly command: readonly string[];
  readonly folder: string;
  readonly environment?: NodeJS.ProcessEnv;
}

/** Runs a program to its end. */
export async function runToEnd({ command, folder, environment = {} }: RunOptions): Promise<Ended> {
  const startedAt = performance.now();
  const child = spawn(process.execPath, [...process.execArgv, ...command], {
    cwd: folder,
    env: { ...process.env, ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const said = { stdout: '', stderr: '' };
  for (const name of ['stdout', 'stderr'] as const) {
    child[name].setEncoding('utf8').on('data', (text: string) => {
      said[name] += text;
    });
  }
  const [code] = (await once(child, 'close')) as [number | null];
  return { ...said, code, seconds: (performance.now() - startedAt) / 1_000 };
}
