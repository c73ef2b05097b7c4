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
  let isActive = false;
  let heardIn = NEVER;
  const work = async ({ cursors, signal }: Assignment) => {
    isActive = cursors.size > 0;
    if (!isActive) heardIn = NEVER;
    onRole(isActive ? 'active' : 'standing-by');
    if (isActive) await relay(new KafkaRelayTopic(topic, cursors, signal), signal);
  };
  const onHeartbeat = (generation: number) => {
    if (isActive) heardIn = generation;
  };
  const assigner = allToOne(() => 2 * heardIn + Number(isActive));
  const groupId = `${topic.name}.relay`;
  return GroupMembership.join(topic, { groupId, assigner, work, onHeartbeat, onLoss, sessionTimeout });
}

/** Before the first generation of a group. */
const NEVER = 0;

const NO_DATA = Buffer.alloc(0);

/**
 * Gives every partition to the member with the strongest claim: to the one that has been active, so that a newcomer does
 * not disturb it, else to any one. Of two that believe they are, one has been frozen: it was not heard in the latest
 * generation, whatever its clock says.
 * @param claim twice the last generation in which the member was heard as the active one, and one if it is active now
 */
function allToOne(claim: () => number): PartitionAssigner {
  const { MemberMetadata, MemberAssignment } = AssignerProtocol;
  const name = 'sillage-all-to-one';
  const version = 1;
  return ({ cluster }) => ({
    name,
    version,
    protocol: ({ topics }) => {
      const userData = Buffer.from(String(claim()));
      return { name, metadata: MemberMetadata.encode({ version, topics, userData }) };
    },
    assign: async ({ members, topics }) => {
      const claimOf = (metadata: Buffer) => Number(MemberMetadata.decode(metadata)?.userData.toString() ?? NEVER);
      const [chosen] = members.toSorted((a, b) => claimOf(b.memberMetadata) - claimOf(a.memberMetadata));
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
