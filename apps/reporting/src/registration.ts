import type { SealedStore } from '@sillage/erasure';
import { Publisher } from '@sillage/event-feed';
import { consumeEvents, EventsTopic } from '@sillage/event-feed/kafka';
import { readRelayCheckpoint } from '@sillage/event-feed/relay';
import { type Host, kafkaServers, mongodbUri, type Start } from '@sillage/platform';
import { RECORD_TYPES } from '@sillage/record-types';
import { logNotice, REPORTING_SCHEMA, ServingViews } from '@sillage/reporting';
import { READ_MODELS, ReportingModule } from '@sillage/reporting/service';
import { messageServer, openSealedStore, serveMessages } from '@sillage/service';
import { MongoGenerations, openMongoDatabase } from '@sillage/view-store/mongodb';
import { PartitionProjectors } from './project-partitions.js';

/**
 * Milliseconds that views which serve no more are kept: longer than a process is frozen, and than it takes to replace all
 * processes of an older version, which go on with theirs.
 */
const KEEP_FOR = 3_600_000;

/**
 * The process that keeps the views, its share of the partitions, and answers lists and reports from all of them: the one
 * place that says which adapter is behind which port. That it answers does not depend on whether it is a member of the
 * group just now, so a rebalance does not make it unready; a consumer that is not coming back ends the process.
 * @param schema of the views; another version of the software has another one
 */
export function reportingProcess(schema = REPORTING_SCHEMA): Start {
  return async (host) => {
    const { environment, logger, metrics, shutdown } = host;
    const [servers, uri] = [kafkaServers(environment), mongodbUri(environment)];
    const server = messageServer(host);
    const { store: log } = await openSealedStore(host);
    const database = await host.waitFor('MongoDB', () => openMongoDatabase({ uri }));
    shutdown.add('stores', 'the database of the views', () => database.close());
    const tell = (message: string, details: object) => logger.warn(details, message);
    const topic = await host.waitFor('Kafka', () => EventsTopic.open(servers, tell));
    shutdown.add('stores', 'the topic', () => topic.close());

    const projectors = partitionProjectors(host, topic, log);
    const views = await host.waitFor('views', () =>
      ServingViews.open({
        generations: new MongoGenerations(database.db, schema),
        project: projectors.project,
        keepFor: KEEP_FOR,
        log: (notice) => logNotice(logger, notice),
        onLoss: (reason) => host.lose(new Error('the views can be served no more', { cause: reason })),
      }),
    );
    shutdown.add('consumers', 'the projectors', () => views.close());
    metrics.watchLag('projector', () => projectors.lag());
    const providers = [{ provide: READ_MODELS, useValue: views }];
    const address = await serveMessages(host, server, { modules: [ReportingModule], providers });
    return [`Sillage reporting is ready at ${address}`];
  };
}

/** Each generation of the views has a group of its own, so that those of two versions are kept up side by side. */
function partitionProjectors(host: Host, topic: EventsTopic, log: SealedStore): PartitionProjectors {
  const { logger, metrics } = host;
  return new PartitionProjectors({
    partitions: topic.partitions,
    relayed: async () => (await readRelayCheckpoint(log, topic.name)).position,
    join: (generation, work) =>
      consumeEvents(topic, {
        groupId: `${topic.name}.reporting.${generation}`,
        log,
        publisher: new Publisher(RECORD_TYPES, log),
        onAssigned: work,
        onLoss: (reason) => host.lose(new Error('the projectors have lost their group in Kafka', { cause: reason })),
        onUnreadable: (partition, offsets) =>
          logger.error({ partition, offsets }, 'messages in the topic are no events: they are left out'),
      }),
    onBatch: (events) => metrics.batchTaken('projector', events),
    log: (notice) => logNotice(logger, notice),
  });
}
