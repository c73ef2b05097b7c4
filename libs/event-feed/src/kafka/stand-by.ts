import type { PartitionAssigner } from 'kafkajs';
import type { RelayTopic } from '../relay/relay-topic.js';
import type { EventsTopic } from './events-topic.js';
import { type Assignment, GroupMembership } from './group-membership.js';
import { KafkaRelayTopic } from './kafka-relay-topic.js';
import { AssignerProtocol } from './kafkajs.js';

export interface StandByOptions {
  /** Relays while this process is the active one, until the signal. */
  readonly relay: (topic: RelayTopic, signal: AbortSignal) => Promise<void>;
  /** Called when this process has become the active one, or stands by. */
  readonly onRole: (role: 'active' | 'standing-by') => void;
  /** This process is not coming back, for this reason: end it, to be started again. */
  readonly onLoss: (reason: unknown) => void;
  /** How long until a relay that is gone or hangs is replaced; see MembershipOptions. */
  readonly sessionTimeout?: number | undefined;
}

/**
 * Joins the relays of a topic, of which one is active. They are a consumer group that gives all partitions to one member:
 * so Kafka, without which no relay can do anything, notices when the active one is gone or hangs.
 */
export function standByAsRelay(topic: EventsTopic, options: StandByOptions): Promise<GroupMembership> {
  const { relay, onRole, onLoss, sessionTimeout } = options;
  let activeSince = NEVER;
  const work = async ({ cursors, signal }: Assignment) => {
    const isActive = cursors.size > 0;
    activeSince = isActive ? Date.now() : NEVER;
    onRole(isActive ? 'active' : 'standing-by');
    if (isActive) await relay(new KafkaRelayTopic(topic, cursors, signal), signal);
  };
  const assigner = allToOne(() => activeSince);
  return GroupMembership.join(topic, { groupId: `${topic.name}.relay`, assigner, work, onLoss, sessionTimeout });
}

/** Milliseconds since 1970. */
const NEVER = 0;

const NO_DATA = Buffer.alloc(0);

/**
 * Gives every partition to the member that has been active, so that a newcomer does not disturb it, else to any one. Of
 * two that believe they are, the one that became so last: the other has been frozen.
 */
function allToOne(activeSince: () => number): PartitionAssigner {
  const { MemberMetadata, MemberAssignment } = AssignerProtocol;
  const name = 'sillage-all-to-one';
  const version = 1;
  return ({ cluster }) => ({
    name,
    version,
    protocol: ({ topics }) => {
      const userData = Buffer.from(String(activeSince()));
      return { name, metadata: MemberMetadata.encode({ version, topics, userData }) };
    },
    assign: async ({ members, topics }) => {
      const since = (metadata: Buffer) => Number(MemberMetadata.decode(metadata)?.userData.toString() ?? NEVER);
      const [chosen] = members.toSorted((a, b) => since(b.memberMetadata) - since(a.memberMetadata));
      const all = Object.fromEntries(
        topics.map((topic) => [topic, cluster.findTopicPartitionMetadata(topic).map(({ partitionId }) => partitionId)]),
      );
      return members.map(({ memberId }) => {
        const assignment = memberId === chosen?.memberId ? all : {};
        return { memberId, memberAssignment: MemberAssignment.encode({ version, assignment, userData: NO_DATA }) };
      });
    },
  });
}
