import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { ONLY_TENANT } from '@sillage/gateway';
import type { RunningSillage } from './running-sillage.js';

const MAIN = fileURLToPath(new URL('../../apps/standalone/dist/main.js', import.meta.url));

/** What a started process said before it was ready, or before it gave up. */
export interface Ended {
  readonly code: number | null;
  /** That ended it, where it was not the process itself. */
  readonly signal: NodeJS.Signals | null;
  readonly stderr: string;
}

/** A built server in a process of its own, on a free port. */
export class Server implements RunningSillage {
  readonly tenant = ONLY_TENANT;

  private constructor(
    readonly url: string,
    readonly dataDirectory: string,
    readonly process: ChildProcess,
    private readonly ownsDirectory: boolean,
    /** Its lines on standard error so far. */
    readonly log: () => string,
  ) {}

  /** Starts on a new temporary data directory, or on one that a server before it has left. */
  static async start(
    options: { readonly dataDirectory?: string; readonly environment?: NodeJS.ProcessEnv } = {},
  ): Promise<Server> {
    const dataDirectory = options.dataDirectory ?? temporaryDirectory();
    const child = spawnServer({ SILLAGE_DATA_DIR: dataDirectory, ...options.environment });
    const said = collect(child);
    const ready = await Promise.race([said.until(/ready at (\S+)/), once(child, 'exit').then(() => undefined)]);
    if (ready === undefined) throw new Error(`the server did not start: ${said.stderr()}`);
    return new Server(ready[1] as string, dataDirectory, child, options.dataDirectory === undefined, said.stderr);
  }

  /** Starts a server that is expected to give up at once. */
  static async fails(environment: NodeJS.ProcessEnv): Promise<Ended> {
    const child = spawnServer(environment);
    const said = collect(child);
    // Not when it exits: what it has said may still be on its way.
    const [code, signal] = (await once(child, 'close')) as [number | null, NodeJS.Signals | null];
    return { code, signal, stderr: said.stderr() };
  }

  get token(): string {
    return readFileSync(path.join(this.dataDirectory, 'admin-token'), 'utf8').trim();
  }

  get reached(): NodeJS.ProcessEnv {
    return { SILLAGE_DATA_DIR: this.dataDirectory };
  }

  async stop(signal: NodeJS.Signals = 'SIGTERM'): Promise<void> {
    if (this.process.exitCode === null && this.process.signalCode === null) {
      const exit = once(this.process, 'exit');
      this.process.kill(signal);
      await exit;
    }
    if (this.ownsDirectory && signal !== 'SIGKILL') rmSync(this.dataDirectory, { recursive: true, force: true });
  }
}

export function temporaryDirectory(): string {
  return mkdtempSync(path.join(tmpdir(), 'sillage-test-'));
}

function spawnServer(environment: NodeJS.ProcessEnv): ChildProcess {
  return spawn(process.execPath, ['--disable-warning=ExperimentalWarning', MAIN], {
    env: { ...process.env, SILLAGE_PORT: '0', ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
}

function collect(child: ChildProcess) {
  let stdout = '';
  let stderr = '';
  child.stderr?.on('data', (chunk: Buffer) => {
    stderr += String(chunk);
  });
  return {
    stderr: () => stderr,
    until: (pattern: RegExp): Promise<RegExpExecArray> =>
      new Promise((resolve) => {
        child.stdout?.on('data', (chunk: Buffer) => {
          stdout += String(chunk);
          const match = pattern.exec(stdout);
          if (match) resolve(match);
        });
      }),
  };
}
