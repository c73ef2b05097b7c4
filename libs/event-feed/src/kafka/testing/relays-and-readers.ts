import { type EventStore } from '@sillage/event-store';
import { eventually } from '@sillage/event-store/testing';
import { note } from '@sillage/kernel/testing';
import type { EventFeed } from '../../event-feed.js';
import { Publisher } from '../../publisher.js';
import { Relay } from '../../relay/relay.js';
import { readRelayCheckpoint } from '../../relay/relay-checkpoint.js';
import { type AssignedPartition, type ConsumeOptions, consumeEvents } from '../consume.js';
import type { EventsTopic } from '../events-topic.js';
import type { GroupMembership } from '../group-membership.js';
import { standByAsRelay } from '../stand-by.js';

/** Milliseconds; the broker of the tests takes it. */
const SESSION_TIMEOUT = 6_000;

/** So that a test need not wait for the checkpoint. */
const PACE = { events: 1, milliseconds: 0 };

/** A relay as a process of its own would have it. */
export class RelayOfTest {
  readonly roles: string[] = [];

  private constructor(
    private readonly relay: Relay,
    private readonly topic: EventsTopic,
    private readonly store: EventStore,
    private readonly membership: { current?: GroupMembership },
  ) {}

  static async start(topic: EventsTopic, store: EventStore): Promise<RelayOfTest> {
    const publisher = new Publisher([note], store);
    const relay = new Relay({ store, publisher, now: () => Date.now(), tell: () => {}, pace: PACE });
    const membership: { current?: GroupMembership } = {};
    const started = new RelayOfTest(relay, topic, store, membership);
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
    await eventually('the relay is through', async () => (await this.relay.lag(this.topic)).events === 0);
  }

  /** Waits until its checkpoint is there. */
  async hasNoted(position: number): Promise<void> {
    await eventually('the relay has noted how far it is', async () => {
      return (await readRelayCheckpoint(this.store, this.topic.name)).position >= position;
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
