import { mkdir } from 'node:fs/promises';
import { createInterface } from 'node:readline';
import { parseArgs } from 'node:util';
import { TestServer } from './test-server.js';

/**
 * Program: `node program.js --port 0 --data <folder> [--end-with-input]` prints the connection string, and then does what lines of standard
 * input say: `freeze`, `thaw`, `disconnect`, `refuse`, `accept`, `delay <milliseconds>`, `lose <count>`,
 * `disconnect-behind-commit`. Prints each line that it has carried out.
 */

const { values } = parseArgs({
  options: {
    port: { type: 'string', default: '0' },
    data: { type: 'string' },
    // Whoever is killed leaves no server behind so.
    'end-with-input': { type: 'boolean', default: false },
  },
});
if (values.data === undefined) throw new Error('say where the log is kept: --data <folder>');
await mkdir(values.data, { recursive: true });
const server = await TestServer.start({ folder: values.data, port: Number(values.port) });
process.stdout.write(`${server.url}\n`);

const { faults } = server;
const commands = new Map<string, (argument: number) => void | Promise<void>>([
  ['freeze', () => faults.freeze()],
  ['thaw', () => faults.thaw()],
  ['disconnect', () => server.disconnect()],
  ['refuse', () => server.refuse()],
  ['accept', () => server.accept()],
  ['delay', (milliseconds) => faults.delayAppends(milliseconds)],
  ['lose', (count) => faults.loseAnswers(count)],
  ['disconnect-behind-commit', () => faults.disconnectBehindCommit()],
]);

for await (const line of createInterface({ input: process.stdin })) {
  const [name = '', argument] = line.trim().split(' ');
  const command = commands.get(name);
  if (!command) throw new Error(`no such command: ${line}`);
  await command(Number(argument));
  process.stdout.write(`${line}\n`);
}
if (values['end-with-input']) process.exit(0);
