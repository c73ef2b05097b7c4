import { setTimeout as delay } from 'node:timers/promises';
import type { Consumer, EachBatchPayload, PartitionAssigner } from 'kafkajs';
import type { EventsTopic } from './events-topic.js';
import { PartitionCursor } from './partition-cursor.js';
import { Watch } from './watch.js';

/** What one generation of a group has given to this member. */
export interface Assignment {
  /** By partition; empty for a member that stands by. */
  readonly cursors: ReadonlyMap<number, PartitionCursor>;
  /** Aborted before the group can give any of the partitions to another member. */
  readonly signal: AbortSignal;
}

export interface MembershipOptions {
  readonly groupId: string;
  readonly assigner: PartitionAssigner;
  /**
   * Works with what was assigned until the signal. Called again with each generation, never before the call before has
   * settled. When it rejects, the member is lost.
   */
  readonly work: (assignment: Assignment) => Promise<void>;
  /** Called when the group has taken a sign of life of this member's, in which of its generations. */
  readonly onHeartbeat?: (generation: number) => void;
  /** The member is not coming back, for this reason: end the process. */
  readonly onLoss: (reason: unknown) => void;
  /**
   * A member that has not been heard of for so long, in milliseconds, is taken for dead by the group, which then gives its
   * partitions to others. Default 6 s.
   */
  readonly sessionTimeout?: number | undefined;
}

/**
 * Milliseconds; the least that brokers take unless told otherwise (`group.min.session.timeout.ms`). Until it is over, what a
 * killed member did stands still.
 */
const SESSION_TIMEOUT = 6_000;
/** Milliseconds. */
const REBALANCE_TIMEOUT = 60_000;
/** How long a rebalance, which holds up the whole group, waits for work to end. */
const TIME_TO_END = 30_000;
/** How long an idle fetch lasts, and so how long a partition may wait for its first one. */
const LONGEST_FETCH = 250;
/** Seconds without a sign of life. Joining alone may take as long as the slowest member. */
const LONGEST_SILENCE = (3 * REBALANCE_TIMEOUT) / 1_000;

const MEBIBYTE = 1024 * 1024;

/** This process's part in a consumer group over the topic. */
export class GroupMembership {
  private generation = new AbortController();
  private cursors: ReadonlyMap<number, PartitionCursor> = new Map();
  private work: Promise<void> = Promise.resolve();
  private state: 'joining' | 'member' | 'left' | 'lost' = 'joining';
  private readonly consumer: Consumer;
  private readonly watch: Watch;

  private constructor(
    private readonly topic: EventsTopic,
    private readonly options: MembershipOptions,
  ) {
    const sessionTimeout = options.sessionTimeout ?? SESSION_TIMEOUT;
    this.watch = new Watch(LONGEST_SILENCE, () => this.lose(new Error('the consumer has fallen silent')));
    this.consumer = topic.kafka.consumer({
      groupId: options.groupId,
      partitionAssigners: [(config) => this.announcingJoins(options.assigner(config))],
      sessionTimeout,
      rebalanceTimeout: REBALANCE_TIMEOUT,
      heartbeatInterval: Math.floor(sessionTimeout / 10),
      maxWaitTimeInMs: LONGEST_FETCH,
      maxBytesPerPartition: MEBIBYTE,
      allowAutoTopicCreation: false,
    });
  }

  /** Resolves once the process is a member, or lost; until then kafkajs tries again. */
  static async join(topic: EventsTopic, options: MembershipOptions): Promise<GroupMembership> {
    const membership = new GroupMembership(topic, options);
    try {
      await membership.start();
    } catch (error) {
      await membership.leave();
      throw error;
    }
    return membership;
  }

  /** False while it joins or has lost the group: others have its partitions then. */
  get isMember(): boolean {
    return this.state === 'member';
  }

  /** Ends the work, then leaves, so that others take over at once. */
  async leave(): Promise<void> {
    if (this.state !== 'lost') this.state = 'left';
    this.generation.abort();
    await this.work;
    this.watch.stop();
    await this.consumer.disconnect();
  }

  private async start(): Promise<void> {
    const { consumer, topic } = this;
    const { GROUP_JOIN, CRASH, FETCH, HEARTBEAT } = consumer.events;
    consumer.on(GROUP_JOIN, ({ payload }) => this.assign(payload.memberAssignment[topic.name] ?? []));
    consumer.on(CRASH, ({ payload }) => this.crashed(payload));
    consumer.on(FETCH, () => this.watch.seen());
    consumer.on(HEARTBEAT, ({ payload }) => {
      this.watch.seen();
      this.options.onHeartbeat?.(payload.groupGenerationId);
    });
    await consumer.connect();
    await consumer.subscribe({ topics: [topic.name], fromBeginning: true });
    await consumer.run({
      autoCommit: false,
      eachBatchAutoResolve: false,
      // A partition whose reader is slow holds up no other but through the fetch that they share.
      partitionsConsumedConcurrently: topic.partitions,
      eachBatch: (payload) => this.deliver(payload),
    });
  }

  /** Called by kafkajs at once when a generation has begun, before it fetches. */
  private assign(partitions: readonly number[]): void {
    this.watch.seen();
    this.revoke();
    if (this.state === 'left' || this.state === 'lost') return;
    const { consumer, topic } = this;
    const generation = new AbortController();
    const { signal } = generation;
    const cursors = partitions.map((partition) => {
      const cursor = new PartitionCursor(consumer, topic.name, partition, signal);
      cursor.rest();
      return [partition, cursor] as const;
    });
    this.generation = generation;
    this.cursors = new Map(cursors);
    this.state = 'member';
    const assignment = { cursors: this.cursors, signal };
    this.work = this.work
      .then(() => (signal.aborted ? undefined : this.options.work(assignment)))
      .catch((error: unknown) => this.lose(error));
  }

  private revoke(): void {
    this.generation.abort();
    if (this.state === 'member') this.state = 'joining';
  }

  private async deliver(payload: EachBatchPayload): Promise<void> {
    try {
      await this.cursors.get(payload.batch.partition)?.deliver(payload);
    } catch (error) {
      // The group rebalances: it waits until this handler has ended, and so until nothing is written any more.
      this.revoke();
      await Promise.race([this.work, delay(TIME_TO_END, undefined, { ref: false })]);
      throw error;
    }
  }

  /**
   * kafkajs asks the assigner for its protocol just before it sends each request to join. That is the only sign that comes
   * on every way there (a rebalance, a forgotten member, stale metadata, a restart) and comes before, not after.
   */
  private announcingJoins(assigner: ReturnType<PartitionAssigner>): ReturnType<PartitionAssigner> {
    return {
      name: assigner.name,
      version: assigner.version,
      assign: (group) => assigner.assign(group),
      protocol: (subscription) => {
        const protocol = assigner.protocol(subscription);
        this.revoke();
        return protocol;
      },
    };
  }

  private crashed({ error, restart }: { readonly error: Error; readonly restart: boolean }): void {
    this.watch.seen();
    this.revoke();
    if (!restart) this.lose(error);
  }

  private lose(reason: unknown): void {
    if (this.state === 'left' || this.state === 'lost') return;
    this.state = 'lost';
    this.watch.stop();
    this.generation.abort();
    this.options.onLoss(reason);
  }
}
