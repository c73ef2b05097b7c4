import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { eventually } from './eventually.js';

export interface ProgramOptions {
  /** The most that a file it writes may grow to, in units of 512 bytes. */
  readonly largestFile?: number;
}

/** A program that runs as a process of its own, and the lines it has printed. */
export class Program {
  readonly #process: ChildProcess;
  #output = '';

  /** Starts the program in a file of JavaScript. */
  constructor(file: string, parameters: readonly string[], { largestFile }: ProgramOptions = {}) {
    const command = [process.execPath, file, ...parameters];
    const limited = ['sh', '-c', `ulimit -f ${largestFile} && exec "$@"`, 'sh', ...command];
    const [executable = '', ...rest] = largestFile === undefined ? command : limited;
    this.#process = spawn(executable, rest, { stdio: ['pipe', 'pipe', 'inherit'] });
    this.#process.stdout?.setEncoding('utf8').on('data', (text: string) => {
      this.#output += text;
    });
  }

  /** Whole lines only. */
  get lines(): readonly string[] {
    return this.#output.split('\n').slice(0, -1);
  }

  /** Writes a line to its standard input. */
  say(line: string): void {
    this.#process.stdin?.write(`${line}\n`);
  }

  /** Waits until it has printed so many lines. */
  async printed(count: number): Promise<void> {
    await eventually(`the program prints ${count} lines`, () => this.lines.length >= count);
  }

  /** Waits until it ends by itself, and gives its exit code. */
  async ended(): Promise<number | null> {
    await once(this.#process, 'close');
    return this.#process.exitCode;
  }

  /** Ends it without a chance to do anything more (SIGKILL). */
  async kill(): Promise<void> {
    const closed = once(this.#process, 'close');
    this.#process.kill('SIGKILL');
    await closed;
  }
}
