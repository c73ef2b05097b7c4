import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { Api } from '../api.js';
import { temporaryDirectory } from '../server.js';

const TOKEN = 'a-token-for-tests-only';

const SERVICES = ['PROSPECTS', 'OPPORTUNITIES', 'ACCOUNTS', 'INTERACTIONS', 'REPORTING'] as const;

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

/**
 * A gateway and the services that own records, each in a process of its own, over one SQLite store. The service can be
 * killed and started again at the same address.
 */
export class Distributed {
  readonly eventsFile = path.join(temporaryDirectory(), 'events.db');

  private constructor(
    private readonly port: number,
    readonly environment: NodeJS.ProcessEnv,
  ) {}

  static async prepare(environment: NodeJS.ProcessEnv = {}): Promise<Distributed> {
    return new Distributed(await freePort(), environment);
  }

  startService(): Promise<Running> {
    return start('records-on-sqlite.js', this.eventsFile, {
      ...this.environment,
      SILLAGE_LISTEN: `127.0.0.1:${this.port}`,
    });
  }

  startGateway(): Promise<Running> {
    const addresses = SERVICES.map((name) => [`SILLAGE_SERVICE_${name}`, `127.0.0.1:${this.port}`]);
    return start('gateway-on-sqlite.js', this.eventsFile, {
      ...this.environment,
      ...Object.fromEntries(addresses),
      SILLAGE_PORT: '0',
      SILLAGE_INSECURE: 'true',
      SILLAGE_ADMIN_TOKEN: TOKEN,
    });
  }

  /** Starts a gateway that is expected to give up at once. */
  static async fails(
    environment: NodeJS.ProcessEnv,
  ): Promise<{ readonly code: number | null; readonly stderr: string }> {
    const child = spawnProgram('gateway-on-sqlite.js', 'events.db', environment);
    const logged: string[] = [];
    child.stderr.setEncoding('utf8').on('data', (text: string) => logged.push(text));
    const [code] = (await once(child, 'close')) as [number | null];
    return { code, stderr: logged.join('') };
  }

  static api(gateway: Running): Api {
    return new Api(gateway.address, TOKEN);
  }
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

function spawnProgram(program: string, file: string, environment: NodeJS.ProcessEnv) {
  const main = fileURLToPath(new URL(program, import.meta.url));
  return spawn(process.execPath, ['--disable-warning=ExperimentalWarning', main, file], {
    env: { PATH: process.env.PATH, ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
}

async function start(program: string, file: string, environment: NodeJS.ProcessEnv): Promise<Running> {
  const child = spawnProgram(program, file, environment);
  const logged: string[] = [];
  child.stderr.setEncoding('utf8').on('data', (text: string) => logged.push(text));
  let said = '';
  const ready = new Promise<string>((resolve) => {
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      said += text;
      // What a process has to say to a person it says at once, its address first.
      if (/ready at \S+\n/.test(said)) resolve(said);
    });
  });
  const lines = await Promise.race([ready, once(child, 'exit').then(() => undefined)]);
  if (lines === undefined) throw new Error(`${program} did not start: ${logged.join('')}`);
  const [, address = ''] = /ready at (\S+)/.exec(lines) ?? [];
  const [, management] = /health and metrics: +(\S+)/.exec(lines) ?? [];
  return { process: child, address, management, log: () => logged.join('') };
}
