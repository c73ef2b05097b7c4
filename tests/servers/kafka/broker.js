// Kafka brokers (KRaft) on free ports of 127.0.0.1, in a temporary folder that goes with them.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { BootstrapError } from '../../../scripts/bootstrap/project.js';
import { nodeProperties } from './properties.js';

const TIME_TO_START_MS = 60_000;

/** Any 16 bytes would do. */
const CLUSTER_ID = 'c2lsbGFnZS10ZXN0cy0wMQ';

/**
 * Starts as many brokers as are wanted, which make one cluster, and waits until they take connections. Numbers of brokers
 * begin with 1.
 * @param classPath as `prepareKafka` gives it
 * @param options `security` as `makeSecurity` gives it, when clients are to speak TLS and to log in
 * @returns {Promise<{
 *   brokers: string,
 *   kill: (number: number) => Promise<void>,
 *   restart: (number: number) => Promise<void>,
 *   stop: () => Promise<void>,
 * }>}
 */
export async function startBrokers(classPath, { count = 1, security } = {}) {
  const folder = mkdtempSync(join(tmpdir(), 'sillage-kafka-'));
  const ports = await freePorts(3 * count);
  const nodes = Array.from({ length: count }, (_, index) => {
    const [clients, brokers, controller] = ports.slice(3 * index);
    return { number: index + 1, ports: { clients, brokers, controller }, folder: join(folder, `${index + 1}`) };
  });
  const brokers = nodes.map((node) => new Broker(classPath, node, folder));
  const stop = async () => {
    await Promise.all(brokers.map((broker) => broker.kill()));
    rmSync(folder, { recursive: true, force: true });
  };
  for (const broker of brokers) writeFileSync(broker.configuration, nodeProperties(broker.node, nodes, security));
  await Promise.all(brokers.map((broker) => broker.format(security?.scramUsers ?? [])));
  try {
    await Promise.all(brokers.map((broker) => broker.start()));
  } catch (error) {
    await stop();
    throw error;
  }
  return {
    brokers: nodes.map(({ ports: { clients } }) => `127.0.0.1:${clients}`).join(','),
    kill: (number) => brokers[number - 1].kill(),
    restart: (number) => brokers[number - 1].start(),
    stop,
  };
}

class Broker {
  #process;

  constructor(classPath, node, folder) {
    this.classPath = classPath;
    this.node = node;
    this.configuration = join(folder, `${node.number}.properties`);
    this.log = join(folder, `${node.number}.log`);
    // Whatever ends us, no broker outlives us.
    process.once('exit', () => this.#process?.kill('SIGKILL'));
  }

  async format(scramUsers) {
    const users = scramUsers.flatMap((user) => ['--add-scram', user]);
    const args = ['format', '--cluster-id', CLUSTER_ID, '--config', this.configuration, ...users];
    await once(this.#java('kafka.tools.StorageTool', ...args), 'exit');
  }

  async start() {
    this.#process = this.#java('kafka.Kafka', this.configuration);
    if (await this.#takesConnections()) return;
    await this.kill();
    const reason = readFileSync(this.log, 'utf8').trim().split('\n').slice(-5).join('\n');
    throw new BootstrapError(`the broker did not start:\n${reason}`);
  }

  async kill() {
    const broker = this.#process;
    if (broker === undefined || broker.exitCode !== null || broker.signalCode !== null) return;
    const exited = once(broker, 'exit');
    broker.kill('SIGKILL');
    await exited;
  }

  #java(...args) {
    const options = ['-Xmx512m', '-XX:+UseSerialGC', '-Dorg.slf4j.simpleLogger.defaultLogLevel=warn'];
    const output = openSync(this.log, 'a');
    return spawn('java', [...options, '-cp', this.classPath, ...args], { stdio: ['ignore', output, output] });
  }

  async #takesConnections() {
    const broker = this.#process;
    const deadline = Date.now() + TIME_TO_START_MS;
    while (broker.exitCode === null && broker.signalCode === null && Date.now() < deadline) {
      if (await accepts(this.node.ports.clients)) return true;
      await sleep(100);
    }
    return false;
  }
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
