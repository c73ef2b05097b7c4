import { Publisher, type Setback } from '@sillage/event-feed';
import { EventsTopic, standByAsRelay } from '@sillage/event-feed/kafka';
import { Relay } from '@sillage/event-feed/relay';
import { kafkaServers, type Start } from '@sillage/platform';
import { RECORD_TYPES } from '@sillage/record-types';
import { type Openers, openSealedStore } from '@sillage/service';

export interface RelayProcessOptions {
  readonly openers?: Openers;
  /** See StandByOptions. */
  readonly sessionTimeout?: number;
}

/** The process that carries the store's events into Kafka: the one place that says which adapter is behind which port. */
export function relayProcess({ openers, sessionTimeout }: RelayProcessOptions = {}): Start {
  return async (host) => {
    const { logger, metrics, readiness, shutdown } = host;
    const servers = kafkaServers(host.environment);
    const { store } = await openSealedStore(host, openers);
    const tell = (message: string, details: object) => logger.warn(details, message);
    const topic = await host.waitFor('Kafka', () => EventsTopic.open(servers, tell));
    shutdown.add('stores', 'the topic', () => topic.close());

    const relay = new Relay({
      store,
      publisher: new Publisher(RECORD_TYPES, store),
      now: () => Date.now(),
      tell: (setback) => logSetback(host, setback),
    });
    const membership = await standByAsRelay(topic, {
      relay: (relayTopic, signal) => relay.run(relayTopic, signal),
      onRole: (role) => logger.info({ topic: topic.name }, `the relay is ${role}`),
      sessionTimeout,
      onLoss: (reason) => host.lose(new Error('the relay has lost its group in Kafka', { cause: reason })),
    });
    readiness.check('relay', () => membership.isMember);
    metrics.watchLag('relay', () => relay.lag(topic));
    shutdown.add('relay', 'the relay', () => membership.leave());
    return [`Sillage relay is ready for topic ${topic.name}`];
  };
}

function logSetback({ logger }: Pick<Parameters<Start>[0], 'logger'>, setback: Setback): void {
  switch (setback.kind) {
    case 'failed':
      logger.error({ err: setback.error, retryInMs: setback.retryInMs }, 'the relay failed and will start again');
      break;
    case 'recovered':
      logger.info({ position: setback.position }, 'the relay has recovered');
      break;
    default:
      setback satisfies never;
  }
}
