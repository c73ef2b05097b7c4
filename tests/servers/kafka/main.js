#!/usr/bin/env node
// Gives a command a Kafka broker: `node tests/servers/kafka/main.js npm test` runs `npm test` with KAFKA_BROKERS set, ends
// the broker with it and returns its exit code. Without a command: prints the setting, and runs until it is stopped, or,
// with --end-with-input, until its standard input ends: whoever is killed leaves no broker behind so.
// Where there can be no broker it says why, and the command runs all the same: what needs one then counts as not run.
import { once } from 'node:events';
import { run } from '../../../scripts/bootstrap/child.js';
import { BootstrapError, say } from '../../../scripts/bootstrap/project.js';
import { startBrokers } from './broker.js';
import { prepareKafka } from './prepare.js';

const endsWithInput = process.argv[2] === '--end-with-input';
const [program, ...args] = process.argv.slice(endsWithInput ? 3 : 2);

try {
  process.exitCode = program === undefined ? await serve() : await runWithBroker();
} catch (error) {
  if (!(error instanceof BootstrapError)) throw error;
  say(`no Kafka broker: ${error.message}`);
  process.exitCode = program === undefined ? 1 : await run(program, args);
}

async function runWithBroker() {
  if (process.env.KAFKA_BROKERS) return run(program, args);
  const broker = await startBrokers(await prepareKafka());
  try {
    return await run(program, args, { env: { ...process.env, KAFKA_BROKERS: broker.brokers } });
  } finally {
    await broker.stop();
  }
}

async function serve() {
  const broker = await startBrokers(await prepareKafka());
  process.stdout.write(`KAFKA_BROKERS=${broker.brokers}\n`);
  // Listening to a signal does not keep the process alive, which the broker's process does.
  const ends = ['SIGINT', 'SIGTERM'].map((signal) => once(process, signal));
  if (endsWithInput) ends.push(once(process.stdin.resume(), 'end'));
  await Promise.race(ends);
  process.stdin.destroy();
  await broker.stop();
  return 0;
}
