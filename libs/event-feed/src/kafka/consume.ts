import type { EventLog } from '@sillage/event-store';
import type { EventFeed } from '../event-feed.js';
import { LogEventFeed } from '../in-process/index.js';
import type { Lag } from '../lag.js';
import type { Publisher } from '../publisher.js';
import { readRelayCheckpoint, requireSamePartitions } from '../relay/relay-checkpoint.js';
import type { EventsTopic } from './events-topic.js';
import { type Assignment, GroupMembership } from './group-membership.js';
import { PartitionAssigners } from './kafkajs.js';
import type { PartitionCursor } from './partition-cursor.js';
import { PartitionFeed } from './partition-feed.js';
import { partitionLag } from './partition-lag.js';

export interface AssignedPartition {
  readonly partition: number;
  /** Its tenants' events. One at a time can follow it. */
  readonly feed: EventFeed;
  /** How far the reader of the feed is behind. Throws when Kafka does not tell. */
  readonly lag: () => Promise<Lag>;
  /** Aborted when the partition is taken away, before another process can be given it. */
  readonly signal: AbortSignal;
}

export interface ConsumeOptions {
  /** The processes of one group share the partitions. */
  readonly groupId: string;
  readonly log: EventLog;
  readonly publisher: Publisher;
  /**
   * Works on a partition until its signal, for example as a projector that follows the feed. When it rejects, or ends
   * before, the process is lost to the group.
   */
  readonly onAssigned: (assigned: AssignedPartition) => Promise<void>;
  /** The process is not coming back into the group, for this reason: end it, to be started again. */
  readonly onLoss: (reason: unknown) => void;
  /** Called with the offsets of messages in the topic that are no events of ours. */
  readonly onUnreadable: (partition: number, offsets: readonly string[]) => void;
  /** See MembershipOptions. */
  readonly sessionTimeout?: number | undefined;
}

/**
 * Shares the topic's partitions with the other processes of the group.
 * @throws PartitionsChanged
 */
export async function consumeEvents(topic: EventsTopic, options: ConsumeOptions): Promise<GroupMembership> {
  const { groupId, onAssigned, onLoss, sessionTimeout } = options;
  requireSamePartitions(await readRelayCheckpoint(options.log, topic.name), topic);
  const work = async ({ cursors, signal }: Assignment) => {
    const partitions = [...cursors].map(([partition, cursor]) => ({
      partition,
      feed: partitionFeed(topic, options, partition, cursor),
      lag: () => partitionLag(topic, partition, cursor),
      signal,
    }));
    await Promise.all(
      partitions.map(async (assigned) => {
        await onAssigned(assigned);
        if (!signal.aborted) throw new Error(`the work on partition ${assigned.partition} has ended`);
      }),
    );
  };
  const { roundRobin } = PartitionAssigners;
  return GroupMembership.join(topic, { groupId, assigner: roundRobin, work, onLoss, sessionTimeout });
}

function partitionFeed(
  topic: EventsTopic,
  { groupId, log, publisher, onUnreadable }: ConsumeOptions,
  partition: number,
  cursor: PartitionCursor,
): EventFeed {
  return new PartitionFeed({
    topic,
    partition,
    groupId,
    cursor,
    history: new LogEventFeed(log, publisher, (tenant) => topic.partitionOf(tenant) === partition),
    relayed: async () => (await readRelayCheckpoint(log, topic.name)).position,
    onUnreadable: (offsets) => onUnreadable(partition, offsets),
  });
}
