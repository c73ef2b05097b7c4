// Program: a MongoDB for tests, in memory. Prints its uri, and ends when its standard input does, or on a signal.
// Where it cannot run it says why on stderr and ends with code 3.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { NotHere, serverClassPath } from './set-up.js';

const NOT_HERE = 3;

try {
  const args = ['-Xmx1g', '-cp', await serverClassPath(), 'MongoForTests'];
  const server = spawn('java', args, { stdio: ['pipe', 'inherit', 'inherit'] });
  // Not handed on as it is: a pipe of Node's does not block, and Java takes that for an error.
  process.stdin.pipe(server.stdin);
  for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => server.stdin.end());
  const [code] = await once(server, 'close');
  process.stdin.destroy();
  process.exitCode = code ?? 1;
} catch (error) {
  const isMissing = error instanceof NotHere || error.code === 'ENOENT';
  if (!isMissing) throw error;
  process.stderr.write(`${error instanceof NotHere ? error.message : 'there is no java'}\n`);
  process.exitCode = NOT_HERE;
}
