import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface, type Interface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const PROGRAM = fileURLToPath(new URL('../../servers/kafka/cluster.js', import.meta.url));

/** Three brokers, numbered from 1, that keep three copies of everything, and go on without one of them. */
export class KafkaCluster {
  static readonly BROKERS = [1, 2, 3] as const;

  private constructor(
    /** The variables by which processes are told where it is, whom to trust, and who they are. */
    readonly environment: NodeJS.ProcessEnv,
    private readonly program: ChildProcessWithoutNullStreams,
    private readonly lines: Interface,
    /** Rejects when the program ends, with what it has said. */
    private readonly ended: Promise<never>,
  ) {}

  /** Where there can be none, what is missing. */
  static async start(): Promise<KafkaCluster | { readonly missing: string }> {
    const program = spawn(process.execPath, [PROGRAM], { stdio: 'pipe' });
    process.once('exit', () => program.kill('SIGTERM'));
    let said = '';
    program.stderr.setEncoding('utf8').on('data', (text: string) => {
      said += text;
    });
    const lines = createInterface(program.stdout);
    const ended = once(program, 'close').then(() => Promise.reject(new Error(`the brokers have ended: ${said}`)));
    const [line] = await Promise.race([once(lines, 'line'), ended.catch(() => [undefined])]);
    if (typeof line !== 'string') return { missing: said.trim().split('\n').at(-1) ?? '' };
    return new KafkaCluster(JSON.parse(line) as NodeJS.ProcessEnv, program, lines, ended);
  }

  kill(broker: number): Promise<void> {
    return this.carryOut(`kill ${broker}`);
  }

  restart(broker: number): Promise<void> {
    return this.carryOut(`restart ${broker}`);
  }

  async stop(): Promise<void> {
    const closed = once(this.program, 'close');
    this.program.stdin.end();
    await closed;
  }

  private async carryOut(command: string): Promise<void> {
    const done = once(this.lines, 'line');
    this.program.stdin.write(`${command}\n`);
    await Promise.race([done, this.ended]);
  }
}
