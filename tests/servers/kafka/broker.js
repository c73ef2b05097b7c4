// A Kafka broker of one node (KRaft) on free ports of 127.0.0.1, in a temporary folder that goes with it.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { BootstrapError } from '../../../scripts/bootstrap/project.js';

const TIME_TO_START_MS = 60_000;

/** Any 16 bytes would do. */
const CLUSTER_ID = 'c2lsbGFnZS10ZXN0cy0wMQ';

/**
 * Starts a broker and waits until it takes connections.
 * @param classPath as `prepareKafka` gives it
 * @returns {Promise<{ brokers: string, stop: () => Promise<void> }>}
 */
export async function startBroker(classPath) {
  const folder = mkdtempSync(join(tmpdir(), 'sillage-kafka-'));
  const [port, controllerPort] = await freePorts(2);
  const log = join(folder, 'log');
  const configuration = join(folder, 'server.properties');
  writeFileSync(configuration, properties({ folder, port, controllerPort }));
  const java = (...args) => {
    const options = ['-Xmx512m', '-XX:+UseSerialGC', '-Dorg.slf4j.simpleLogger.defaultLogLevel=warn'];
    const output = openSync(log, 'a');
    return spawn('java', [...options, '-cp', classPath, ...args], { stdio: ['ignore', output, output] });
  };
  const format = java('kafka.tools.StorageTool', 'format', '--cluster-id', CLUSTER_ID, '--config', configuration);
  await once(format, 'exit');
  const broker = java('kafka.Kafka', configuration);
  const exited = once(broker, 'exit');
  const stop = async () => {
    broker.kill('SIGKILL');
    await exited;
    rmSync(folder, { recursive: true, force: true });
  };
  // Whatever ends us, the broker does not outlive us.
  process.once('exit', () => broker.kill('SIGKILL'));
  if (await takesConnections(broker, port)) return { brokers: `127.0.0.1:${port}`, stop };
  const reason = readFileSync(log, 'utf8').trim().split('\n').slice(-5).join('\n');
  await stop();
  throw new BootstrapError(`the broker did not start:\n${reason}`);
}

/** Short times, since members of groups come, go and freeze in tests; one replica of everything. */
function properties({ folder, port, controllerPort }) {
  return Object.entries({
    'process.roles': 'broker,controller',
    'node.id': 1,
    'controller.quorum.voters': `1@127.0.0.1:${controllerPort}`,
    listeners: `PLAINTEXT://127.0.0.1:${port},CONTROLLER://127.0.0.1:${controllerPort}`,
    'controller.listener.names': 'CONTROLLER',
    'listener.security.protocol.map': 'CONTROLLER:PLAINTEXT,PLAINTEXT:PLAINTEXT',
    'log.dirs': join(folder, 'data').replaceAll('\\', '/'),
    'auto.create.topics.enable': false,
    'offsets.topic.num.partitions': 1,
    'offsets.topic.replication.factor': 1,
    'transaction.state.log.num.partitions': 1,
    'transaction.state.log.replication.factor': 1,
    'transaction.state.log.min.isr': 1,
    'share.coordinator.state.topic.num.partitions': 1,
    'share.coordinator.state.topic.replication.factor': 1,
    'share.coordinator.state.topic.min.isr': 1,
    'group.initial.rebalance.delay.ms': 0,
    'group.min.session.timeout.ms': 1_000,
  })
    .map(([name, value]) => `${name}=${value}\n`)
    .join('');
}

async function takesConnections(broker, port) {
  const deadline = Date.now() + TIME_TO_START_MS;
  while (broker.exitCode === null && broker.signalCode === null && Date.now() < deadline) {
    if (await accepts(port)) return true;
    await sleep(100);
  }
  return false;
}

function accepts(port) {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    socket.once('connect', () => resolve(true)).once('error', () => resolve(false));
    socket.once('connect', () => socket.destroy());
  });
}

/** All are held until the last is found, so that none comes twice. */
async function freePorts(count) {
  const servers = Array.from({ length: count }, () => createServer().listen(0, '127.0.0.1'));
  await Promise.all(servers.map((server) => once(server, 'listening')));
  const ports = servers.map((server) => server.address().port);
  await Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))));
  return ports;
}
