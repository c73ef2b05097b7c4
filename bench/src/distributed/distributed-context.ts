import { EventsTopic } from '@sillage/event-feed/kafka';
import { type EventStoreDbEventStore, openEventStoreDb } from '@sillage/event-store/eventstoredb';
import { streamPrefix } from '@sillage/platform';
import { type MongoDatabase, openMongoDatabase } from '@sillage/view-store/mongodb';
import type { ServerProcess } from '../processes/server-process.js';
import type { Workspace } from '../processes/workspace.js';
import type { DistributedPlan } from './distributed-plan.js';
import { fillStore } from './fill-store.js';
import type { Servers } from './servers.js';
import { SillageProcesses, TOPIC } from './sillage-processes.js';

/** The services that own records; they are at work in every scenario. */
const RECORD_SERVICES = ['prospects', 'opportunities', 'accounts', 'interactions'] as const;

export interface DistributedOptions {
  readonly plan: DistributedPlan;
  readonly workspace: Workspace;
  readonly servers: Servers;
  readonly say: (line: string) => void;
  /** Folder for CPU profiles of relay and reporting; undefined: none are made. */
  readonly profileInto: string | undefined;
}

/**
 * What the scenarios of the distributed profile have in common: one log, one topic, one database of views, and the
 * processes that are running. Each record of the bench is one event, so that all three count the same.
 */
export class DistributedContext {
  private readonly running = new Map<string, Promise<ServerProcess>>();
  private written = 0;

  private constructor(
    readonly options: DistributedOptions,
    private readonly processes: SillageProcesses,
    private readonly store: EventStoreDbEventStore,
    private readonly topic: EventsTopic,
    private readonly views: MongoDatabase,
  ) {}

  /** @throws when there are events in the store: what others have written would be measured, too. */
  static async prepare(options: DistributedOptions): Promise<DistributedContext> {
    const { workspace, servers } = options;
    // The processes take it from the environment, too.
    const prefix = streamPrefix(process.env);
    const store = await openEventStoreDb({ url: servers.eventStoreUrl, ...(prefix === undefined ? {} : { prefix }) });
    if ((await store.head()) > 0)
      throw new Error('the event store has events of Sillage: the bench wants servers of its own');
    const processes = await SillageProcesses.prepare(workspace, servers);
    const settings = { brokers: servers.brokers.split(','), tls: false, topic: TOPIC };
    const topic = await EventsTopic.open(settings, () => {});
    const views = await openMongoDatabase({ uri: servers.mongoUri });
    return new DistributedContext(options, processes, store, topic, views);
  }

  /** Events that the log has. */
  get events(): number {
    return this.written;
  }

  /** Opens the front door, unless it is open. */
  async gateway(): Promise<ServerProcess> {
    await Promise.all(RECORD_SERVICES.map((name) => this.start(name)));
    return this.start('gateway');
  }

  start(name: 'relay' | 'reporting' | 'gateway' | (typeof RECORD_SERVICES)[number]): Promise<ServerProcess> {
    const { profileInto } = this.options;
    const isProfiled = name === 'relay' || name === 'reporting';
    const known = this.running.get(name);
    const server = known ?? this.processes.start(name, isProfiled ? profileInto : undefined);
    this.running.set(name, server);
    return server;
  }

  async stop(name: 'relay' | 'reporting'): Promise<void> {
    const server = await this.running.get(name);
    this.running.delete(name);
    if (server) await this.options.workspace.stop(server);
  }

  /** Tells of events that were written through the front door. */
  wrote(events: number): void {
    this.written += events;
  }

  async fill(tenants: readonly string[], count: number): Promise<void> {
    this.options.say(`filling the event store with ${count} events`);
    await fillStore(this.store, tenants, count);
    this.written += count;
  }

  /** Events that the topic has. */
  async relayed(): Promise<number> {
    const bounds = await this.topic.bounds();
    return [...bounds.values()].reduce((sum, { low, high }) => sum + Number(high - low), 0);
  }

  /** Events that are in the views, as the documents of the first generation, one for each. */
  projected(): Promise<number> {
    return this.views.db.collection('1.view.opportunities').estimatedDocumentCount();
  }

  async close(): Promise<void> {
    await Promise.all([this.store.close(), this.topic.close(), this.views.close()]);
  }
}
