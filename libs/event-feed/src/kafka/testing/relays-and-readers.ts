import { type EventStore } from '@sillage/event-store';
import { eventually } from '@sillage/event-store/testing';
import { note } from '@sillage/kernel/testing';
import type { EventFeed } from '../../event-feed.js';
import { Publisher } from '../../publisher.js';
import { Relay } from '../../relay/relay.js';
import { type AssignedPartition, type ConsumeOptions, consumeEvents } from '../consume.js';
import type { EventsTopic } from '../events-topic.js';
import type { GroupMembership } from '../group-membership.js';
import { standByAsRelay } from '../stand-by.js';

/** Milliseconds; the broker of the tests takes it. */
const SESSION_TIMEOUT = 6_000;

/** A relay as a process of its own would have it. */
export class RelayOfTest {
  readonly roles: string[] = [];

  private constructor(
    readonly relay: Relay,
    private readonly membership: { current?: GroupMembership },
  ) {}

  static async start(topic: EventsTopic, store: EventStore): Promise<RelayOfTest> {
    const relay = new Relay({ store, publisher: new Publisher([note], store), now: () => Date.now(), tell: () => {} });
    const membership: { current?: GroupMembership } = {};
    const started = new RelayOfTest(relay, membership);
    membership.current = await standByAsRelay(topic, {
      relay: (relayTopic, signal) => relay.run(relayTopic, signal),
      onRole: (role) => started.roles.push(role),
      onLoss: (reason) => started.roles.push(`lost: ${reason}`),
      sessionTimeout: SESSION_TIMEOUT,
    });
    return started;
  }

  /** Waits until it has relayed all there is. */
  async isThrough(): Promise<void> {
    let events = Number.POSITIVE_INFINITY;
    const ask = async () => {
      events = (await this.relay.lag())?.events ?? events;
    };
    await eventually('the relay is through', () => {
      void ask();
      return events === 0;
    });
  }

  async stop(): Promise<void> {
    await this.membership.current?.leave();
  }
}

/** A member of a group of readers, with the partitions that it has been given. */
export class MemberOfTest {
  readonly assigned = new Map<number, EventFeed>();
  readonly losses: unknown[] = [];
  readonly unreadable: string[] = [];
  private membership: GroupMembership | undefined;

  static async join(
    topic: EventsTopic,
    store: EventStore,
    options: Partial<ConsumeOptions> = {},
  ): Promise<MemberOfTest> {
    const member = new MemberOfTest();
    member.membership = await consumeEvents(topic, {
      groupId: `${topic.name}.readers`,
      log: store,
      publisher: new Publisher([note], store),
      onAssigned: (assigned) => member.work(assigned),
      onLoss: (reason) => member.losses.push(reason),
      onUnreadable: (_, offsets) => member.unreadable.push(...offsets),
      sessionTimeout: SESSION_TIMEOUT,
      ...options,
    });
    return member;
  }

  get isMember(): boolean {
    return this.membership?.isMember ?? false;
  }

  async feed(partition: number): Promise<EventFeed> {
    await eventually(`partition ${partition} is assigned`, () => this.assigned.has(partition));
    const feed = this.assigned.get(partition);
    if (feed === undefined) throw new Error('it was taken away again');
    return feed;
  }

  async leave(): Promise<void> {
    await this.membership?.leave();
  }

  private async work({ partition, feed, signal }: AssignedPartition): Promise<void> {
    this.assigned.set(partition, feed);
    await new Promise((resolve) => signal.addEventListener('abort', resolve));
    this.assigned.delete(partition);
  }
}
