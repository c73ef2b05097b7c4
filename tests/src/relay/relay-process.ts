import { type ChildProcess, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { eventually } from '@sillage/event-store/testing';

const PROGRAM = fileURLToPath(new URL('../distributed/relay-on-sqlite.js', import.meta.url));

/** Relays of one run follow each other, on the same store. */
const MASTER_KEY = randomBytes(32).toString('base64');

/** A relay in a process of its own, as in operation but for its store. */
export class RelayProcess {
  private output = '';
  private readonly process: ChildProcess;

  constructor(file: string, environment: NodeJS.ProcessEnv) {
    this.process = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', PROGRAM, file], {
      env: { ...process.env, SILLAGE_INSECURE: 'true', SILLAGE_MASTER_KEY: MASTER_KEY, ...environment },
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    this.process.stderr?.setEncoding('utf8').on('data', (text: string) => {
      this.output += text;
    });
  }

  /** What it has logged. */
  get log(): string {
    return this.output;
  }

  /** `active` or `standing-by`, as it has last said; undefined when it has not yet joined the others. */
  get role(): string | undefined {
    return [...this.output.matchAll(/the relay is (active|standing-by)/g)].at(-1)?.[1];
  }

  /** How often it has heard that its group had taken it for dead. */
  get timesForgotten(): number {
    return this.output.split('re-joining the group').length - 1;
  }

  async isActive(): Promise<void> {
    await eventually('the relay is active', () => this.role === 'active');
  }

  /** Stops it from running, so that it can do nothing until `wake`. */
  freeze(): void {
    this.process.kill('SIGSTOP');
  }

  wake(): void {
    this.process.kill('SIGCONT');
  }

  /** @return its exit code; null when it was killed */
  async end(signal: 'SIGTERM' | 'SIGKILL'): Promise<number | null> {
    if (this.process.exitCode !== null || this.process.signalCode !== null) return this.process.exitCode;
    const exit = once(this.process, 'exit');
    this.process.kill(signal);
    await exit;
    return this.process.exitCode;
  }
}
