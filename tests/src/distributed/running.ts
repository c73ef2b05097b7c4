import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { MASTER_KEY } from '../master-key.js';

/** A process that has said that it is ready. */
export interface Running {
  readonly process: ChildProcess;
  /** What it said after "ready at". */
  readonly address: string;
  /** Where its health and metrics are, when it was given a port for them. */
  readonly management: string | undefined;
  /** Its lines on standard error so far. */
  log(): string;
}

/** Starts a program that says when it is ready, and waits until then. */
export async function start(main: string, args: readonly string[], environment: NodeJS.ProcessEnv): Promise<Running> {
  const child = spawnProgram(main, args, environment);
  const logged: string[] = [];
  child.stderr.setEncoding('utf8').on('data', (text: string) => logged.push(text));
  let said = '';
  const ready = new Promise<string>((resolve) => {
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      said += text;
      // What a process has to say to a person it says at once, its address first.
      if (/ready (?:at|for topic) \S+\n/.test(said)) resolve(said);
    });
  });
  const lines = await Promise.race([ready, once(child, 'exit').then(() => undefined)]);
  if (lines === undefined) throw new Error(`${main} did not start: ${logged.join('')}`);
  const [, address = ''] = /ready at (\S+)/.exec(lines) ?? [];
  const [, management] = /health and metrics: +(\S+)/.exec(lines) ?? [];
  return { process: child, address, management, log: () => logged.join('') };
}

export function spawnProgram(main: string, args: readonly string[], environment: NodeJS.ProcessEnv) {
  return spawn(process.execPath, ['--disable-warning=ExperimentalWarning', main, ...args], {
    env: { PATH: process.env.PATH, SILLAGE_MASTER_KEY: MASTER_KEY, ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
}

/** Ends a process; gives its exit code, or null when it was the signal that ended it. */
export async function end(running: Running | undefined, signal: NodeJS.Signals = 'SIGTERM'): Promise<number | null> {
  if (running === undefined) return null;
  const { process: child } = running;
  if (child.exitCode === null && child.signalCode === null) {
    const exit = once(child, 'exit');
    child.kill(signal);
    await exit;
  }
  return child.exitCode;
}

export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as { port: number };
  server.close();
  await once(server, 'close');
  return port;
}
