import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import type { Readable } from 'node:stream';

/** What an operator would allow; then the process is killed. */
const STOP_WITHIN = 15_000;
const START_WITHIN = 60_000;

export interface ServerOptions {
  /** The program and its arguments, run by this same Node with the same options. */
  readonly command: readonly string[];
  readonly environment?: NodeJS.ProcessEnv;
  /** Options of Node's own, such as those that make a CPU profile. */
  readonly nodeOptions?: readonly string[];
  /** Matches what it prints when it is ready; the first group is where. Default: where it serves HTTP. */
  readonly ready?: RegExp;
}

const SERVES_HTTP = /ready at (http:\/\/\S+)/;

/** A server in a process of its own, which has said on its standard output where it is ready. */
export class ServerProcess {
  private constructor(
    private readonly child: ChildProcess,
    /** What it printed of where it is: http://host:port of one that serves HTTP. */
    readonly origin: string,
    /** When it was started, by this process's performance.now(). */
    readonly startedAt: number,
  ) {}

  /** @throws when it ends, or takes a minute, without being ready. */
  static async start({ command, environment, nodeOptions = [], ready }: ServerOptions): Promise<ServerProcess> {
    const startedAt = performance.now();
    const child = spawn(process.execPath, [...process.execArgv, ...nodeOptions, ...command], {
      env: { ...process.env, ...environment },
      // Some end when their standard input does.
      stdio: ['pipe', 'pipe', 'pipe'],
    });
    endWithThisProcess(child);
    const origin = await originOf(child, command.join(' '), ready ?? SERVES_HTTP);
    return new ServerProcess(child, origin, startedAt);
  }

  get pid(): number {
    if (this.child.pid === undefined) throw new Error('the server was never started');
    return this.child.pid;
  }

  async stop(): Promise<void> {
    if (this.child.exitCode !== null || this.child.signalCode !== null) return;
    const exit = once(this.child, 'exit');
    this.child.kill('SIGTERM');
    const deadline = setTimeout(() => this.child.kill('SIGKILL'), STOP_WITHIN);
    await exit;
    clearTimeout(deadline);
  }
}

/** Whatever ends the bench, nothing of it goes on using the machine. */
function endWithThisProcess(child: ChildProcess): void {
  const kill = (): void => void child.kill('SIGKILL');
  process.once('exit', kill);
  child.once('exit', () => process.off('exit', kill));
}

/** Both of its streams are read on to the end: a full pipe would stop the server. */
function originOf(child: ChildProcess, name: string, ready: RegExp): Promise<string> {
  const stdout = lastWords(child.stdout);
  const stderr = lastWords(child.stderr);
  return new Promise((resolve, reject) => {
    const deadline = setTimeout(() => child.kill('SIGKILL'), START_WITHIN);
    child.once('error', reject);
    child.once('exit', () => {
      clearTimeout(deadline);
      reject(new Error(`${name} ended before it was ready: ${stderr()}`));
    });
    child.stdout?.on('data', () => {
      const origin = ready.exec(stdout())?.[1];
      if (origin === undefined) return;
      clearTimeout(deadline);
      resolve(origin);
    });
  });
}

function lastWords(stream: Readable | null): () => string {
  let said = '';
  stream?.setEncoding('utf8').on('data', (text: string) => {
    said = `${said}${text}`.slice(-2_000);
  });
  return () => said;
}
