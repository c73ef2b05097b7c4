// How a broker of the tests is set.
import { join } from 'node:path';

/**
 * The properties file of one of the nodes, each a broker and a controller. Clients speak TLS and log in when there is
 * `security`; brokers and controllers among themselves do not, which says nothing of clients.
 */
export function nodeProperties({ number, ports, folder }, nodes, security) {
  const copies = Math.min(3, nodes.length);
  return lines({
    'process.roles': 'broker,controller',
    'node.id': number,
    'controller.quorum.voters': nodes.map((node) => `${node.number}@127.0.0.1:${node.ports.controller}`).join(','),
    listeners: [
      `CLIENTS://127.0.0.1:${ports.clients}`,
      `BROKERS://127.0.0.1:${ports.brokers}`,
      `CONTROLLER://127.0.0.1:${ports.controller}`,
    ].join(','),
    'controller.listener.names': 'CONTROLLER',
    'inter.broker.listener.name': 'BROKERS',
    'listener.security.protocol.map': [
      `CLIENTS:${security === undefined ? 'PLAINTEXT' : 'SASL_SSL'}`,
      'BROKERS:PLAINTEXT',
      'CONTROLLER:PLAINTEXT',
    ].join(','),
    ...security?.properties,
    'log.dirs': join(folder, 'data').replaceAll('\\', '/'),
    'auto.create.topics.enable': false,
    'min.insync.replicas': Math.max(1, copies - 1),
    'offsets.topic.num.partitions': 1,
    'offsets.topic.replication.factor': copies,
    'transaction.state.log.num.partitions': 1,
    'transaction.state.log.replication.factor': copies,
    'transaction.state.log.min.isr': Math.max(1, copies - 1),
    'share.coordinator.state.topic.num.partitions': 1,
    'share.coordinator.state.topic.replication.factor': copies,
    'share.coordinator.state.topic.min.isr': Math.max(1, copies - 1),
    // Short times, since members of groups, and brokers, come, go and freeze in tests.
    'group.initial.rebalance.delay.ms': 0,
    'group.min.session.timeout.ms': 1_000,
    'broker.session.timeout.ms': 3_000,
    'broker.heartbeat.interval.ms': 500,
  });
}

function lines(properties) {
  return Object.entries(properties)
    .map(([name, value]) => `${name}=${value}\n`)
    .join('');
}
