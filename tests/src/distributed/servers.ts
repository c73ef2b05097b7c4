import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { rmSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { temporaryDirectory } from '../server.js';

/** Where the three servers are, by the variables that processes are told it by. */
export interface Servers {
  readonly EVENTSTOREDB_URL: string;
  readonly KAFKA_BROKERS: string;
  readonly MONGODB_URI: string;
  stop(): Promise<void>;
}

/** A program that says in its first line where it serves, until it is stopped. */
interface Program {
  readonly variable: 'EVENTSTOREDB_URL' | 'KAFKA_BROKERS' | 'MONGODB_URI';
  readonly main: string;
  readonly args: readonly string[];
}

const root = new URL('../../../', import.meta.url);

/**
 * The servers that the environment names; in the place of each that it does not, one that is started here: for
 * EventStoreDB its test server, for the others what `tests/servers` has. Where one cannot be had, what is missing.
 */
export async function findServers(): Promise<Servers | { readonly missing: string }> {
  const folder = temporaryDirectory();
  const programs: readonly Program[] = [
    {
      variable: 'EVENTSTOREDB_URL',
      main: 'libs/event-store/dist/eventstoredb/testing/server/program.js',
      args: ['--port', '0', '--data', folder],
    },
    { variable: 'KAFKA_BROKERS', main: 'tests/servers/kafka/main.js', args: [] },
    { variable: 'MONGODB_URI', main: 'tests/servers/mongodb/start.js', args: [] },
  ];
  const started: ChildProcess[] = [];
  const stop = async () => {
    await Promise.all(started.map(ended));
    rmSync(folder, { recursive: true, force: true });
  };
  const found = await Promise.all(programs.map((program) => find(program, started)));
  const missing = found.filter((server) => 'missing' in server).map(({ missing }) => missing);
  if (missing.length > 0) {
    await stop();
    return { missing: missing.join(', and ') };
  }
  const [EVENTSTOREDB_URL, KAFKA_BROKERS, MONGODB_URI] = found.map((server) => ('at' in server ? server.at : ''));
  return { EVENTSTOREDB_URL, KAFKA_BROKERS, MONGODB_URI, stop } as Servers;
}

async function find({ variable, main, args }: Program, started: ChildProcess[]): Promise<Found> {
  const given = process.env[variable];
  if (given) return { at: given };
  const child = spawn(process.execPath, [fileURLToPath(new URL(main, root)), ...args], { stdio: 'pipe' });
  started.push(child);
  // Whatever ends the tests, no server outlives them.
  process.once('exit', () => child.kill('SIGTERM'));
  let said = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    said += text;
  });
  const [line] = await Promise.race([
    once(createInterface(child.stdout), 'line'),
    once(child, 'close').then(() => [undefined]),
  ]);
  if (typeof line === 'string') return { at: line.replace(`${variable}=`, '') };
  return { missing: `${variable} is not set, and ${said.trim().split('\n').at(-1)}` };
}

type Found = { readonly at: string } | { readonly missing: string };

async function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exit = once(child, 'exit');
  child.kill('SIGTERM');
  await exit;
}
