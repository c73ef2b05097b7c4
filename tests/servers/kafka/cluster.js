#!/usr/bin/env node
// Program: three Kafka brokers that keep three copies of everything, with which clients speak TLS and log in. Prints the
// variables that a process of Sillage is told them by, as JSON in one line, and then does what lines of standard input
// say: `kill 2`, `restart 2`. Prints each line that it has carried out; ends when its standard input does, or on a signal.
// Where it cannot run it says why on stderr and ends with code 1.
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { BootstrapError, say } from '../../../scripts/bootstrap/project.js';
import { startBrokers } from './broker.js';
import { prepareKafka } from './prepare.js';
import { makeSecurity } from './security.js';

const BROKERS = 3;

const folder = mkdtempSync(join(tmpdir(), 'sillage-kafka-security-'));
const user = { username: 'sillage', password: randomBytes(16).toString('hex') };

let cluster;
try {
  const classPath = await prepareKafka();
  const security = await makeSecurity(folder, user);
  cluster = await startBrokers(classPath, { count: BROKERS, security });
  const variables = {
    KAFKA_BROKERS: cluster.brokers,
    KAFKA_TLS: 'true',
    KAFKA_CA_FILE: security.caFile,
    KAFKA_USERNAME: user.username,
    KAFKA_PASSWORD: user.password,
  };
  process.stdout.write(`${JSON.stringify(variables)}\n`);
  const lines = createInterface(process.stdin);
  for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => lines.close());
  for await (const line of lines) {
    const [name, number] = line.trim().split(' ');
    if (name !== 'kill' && name !== 'restart') throw new Error(`no such command: ${line}`);
    await cluster[name](Number(number));
    process.stdout.write(`${line}\n`);
  }
} catch (error) {
  if (!(error instanceof BootstrapError)) throw error;
  say(error.message);
  process.exitCode = 1;
} finally {
  await cluster?.stop();
  rmSync(folder, { recursive: true, force: true });
}
process.stdin.destroy();
