import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import type { ServerVariable } from '@sillage/kernel/testing';
import type { StartedServer } from './containers.js';

const root = new URL('../../../', import.meta.url);

/** A program that says in its first line where it serves, until it is stopped. */
interface Program {
  readonly main: string;
  readonly args: readonly string[];
}

/** What runs in the place of a server where there is no container: for Kafka a broker as true as any, from its jars. */
const STAND_INS: { readonly [Name in ServerVariable]: Program } = {
  EVENTSTOREDB_URL: {
    main: 'libs/event-store/dist/eventstoredb/testing/server/program.js',
    args: ['--end-with-input'],
  },
  KAFKA_BROKERS: { main: 'tests/servers/kafka/main.js', args: ['--end-with-input'] },
  MONGODB_URI: { main: 'tests/servers/mongodb/start.js', args: [] },
};

/** Starts one; where it cannot be had on this machine, says what is missing. */
export async function startStandIn(
  variable: ServerVariable,
  args: readonly string[] = [],
): Promise<StartedServer | { readonly missing: string }> {
  const program = STAND_INS[variable];
  const main = fileURLToPath(new URL(program.main, root));
  const child = spawn(process.execPath, [main, ...program.args, ...args], { stdio: 'pipe' });
  // No server outlives the tests: each ends with its standard input, too, in case that they are killed.
  const kill = () => child.kill('SIGTERM');
  process.once('exit', kill);
  let said = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    said += text;
  });
  const closed = once(child, 'close');
  const [line] = await Promise.race([once(createInterface(child.stdout), 'line'), closed.then(() => [undefined])]);
  if (typeof line !== 'string') return { missing: said.trim().split('\n').at(-1) ?? '' };
  const stop = async () => {
    process.off('exit', kill);
    child.kill('SIGTERM');
    await closed;
  };
  return { at: line.replace(`${variable}=`, ''), stop };
}
